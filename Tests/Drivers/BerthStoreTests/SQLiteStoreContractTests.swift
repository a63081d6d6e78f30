import BerthDriverContracts
import BerthEngine
import Testing

@testable import BerthStore

@Suite(.timeLimit(.minutes(1)))
struct SQLiteStoreContractTests {
    let directory: TemporaryDirectory
    let store: SQLiteStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(directory: directory.url, durability: .buffered)
    }

    @Test func `a new store is empty`() throws {
        try StoreContract.aNewStoreIsEmpty(store)
    }

    @Test func `entries come back as they were, in order`() throws {
        try StoreContract.entriesComeBackAsTheyWereInOrder(store)
    }

    @Test func `an entry may have no commands`() throws {
        try StoreContract.anEntryMayHaveNoCommands(store)
    }

    @Test func `bodies stay until their segment is dropped`() throws {
        try StoreContract.bodiesStayUntilTheirSegmentIsDropped(store)
    }

    @Test func `a snapshot replaces the entries it contains`() throws {
        try StoreContract.aSnapshotReplacesTheEntriesItContains(store)
    }

    @Test(arguments: Durability.allCases)
    func `everything survives a crash`(durability: Durability) throws {
        var copies: [TemporaryDirectory] = []
        let directory = try TemporaryDirectory()
        try StoreContract.everythingSurvivesACrash(
            SQLiteStore(directory: directory.url, durability: durability),
            reopen: { _ in
                copies.append(try directory.copy())
                return try SQLiteStore(directory: copies[0].url, durability: durability)
            })
    }
}
