import BerthEngine
import GRDB

/// The tables of `journal.sqlite`, and how to tell it from other people's databases.
enum StoreSchema {
    /// "BRTH": says whose file it is, in the header where SQLite keeps such a number.
    static let applicationID = 0x4252_5448

    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: journal and segments") { db in
            try db.execute(
                sql: """
                    CREATE TABLE journal (
                        sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
                        instant INTEGER NOT NULL,
                        payloadCount INTEGER NOT NULL CHECK (payloadCount >= 0),
                        commands BLOB NOT NULL
                    ) STRICT;
                    CREATE TABLE segment (
                        id INTEGER PRIMARY KEY CHECK (id > 0),
                        bytes BLOB NOT NULL
                    ) STRICT;
                    PRAGMA application_id = \(applicationID);
                    """)
        }
        return migrator
    }()

    /// Brings the schema up to date, or says why the file is not to be touched.
    static func prepare(_ pool: DatabasePool) throws {
        try pool.read { try check($0, path: pool.path) }
        try migrator.migrate(pool)
    }

    /// Says why a database is not to be touched, if so.
    static func check(_ db: Database, path: String) throws {
        let found = try Int.fetchOne(db, sql: "PRAGMA application_id")
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
        guard found == applicationID || tables == 0 else {
            throw StoreError(.foreign, "\(path) is a database, but not one of Berth's.")
        }
        guard try !migrator.hasBeenSuperseded(db) else {
            throw StoreError(.newer, "\(path) was written by a newer version of Berth.")
        }
    }
}
