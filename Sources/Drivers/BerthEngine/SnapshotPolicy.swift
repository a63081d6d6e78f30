import BerthKernel
import BerthWorld
import Dispatch
import Logging
import Synchronization

/// What a snapshot contains.
struct EngineState: Codable {
    let world: World
    let ledger: PayloadLedger

    init(world: World, ledger: PayloadLedger) {
        self.world = world
        self.ledger = ledger
    }

    init(encoded bytes: [UInt8]) throws {
        self = try CBORDecoder.decode(EngineState.self, from: bytes)
    }

    func encoded() throws -> [UInt8] {
        try CBOREncoder.encode(self)
    }
}

/// Decides when the journal is long enough for a snapshot, and takes it beside the loop.
///
/// A snapshot costs as much as the world is large, so it waits until the journal has grown by the size of
/// the last one: writing snapshots never costs more than writing the journal does. The world is encoded from
/// a copy on another thread; the loop pays for what it changes meanwhile, not for the encoding.
struct SnapshotPolicy {
    private let journal: any Journal
    private let minimumBytes: Int
    private let logger: Logger
    private let worker = DispatchQueue(label: "berth-snapshot")
    private let running = RunningSnapshot()
    private var lastSequence: UInt64
    private var appendedBytes = 0

    init(journal: any Journal, minimumBytes: Int, lastSize: Int, lastSequence: UInt64, logger: Logger) {
        self.journal = journal
        self.minimumBytes = minimumBytes
        self.lastSequence = lastSequence
        self.logger = logger
        running.finish(.success(lastSize))
    }

    mutating func noteAppended(bytes: Int) {
        appendedBytes += bytes
    }

    /// Starts a snapshot when one is due and none is being taken.
    mutating func saveIfDue(world: World, ledger: PayloadLedger, sequence: UInt64) throws {
        guard appendedBytes >= minimumBytes, let lastSize = try running.lastSize(), appendedBytes >= lastSize else {
            return
        }
        appendedBytes = 0
        lastSequence = sequence
        running.begin()
        let state = EngineState(world: world, ledger: ledger)
        worker.async { [journal, running] in
            running.finish(
                Result {
                    let bytes = try state.encoded()
                    try journal.save(Snapshot(sequence: sequence, bytes: bytes))
                    return bytes.count
                })
        }
    }

    /// Takes the snapshot of an orderly end, unless the last one contains everything.
    mutating func saveLast(world: World, ledger: PayloadLedger, sequence: UInt64) throws {
        worker.sync {}
        _ = try running.lastSize()
        guard sequence > lastSequence else { return }
        let bytes = try EngineState(world: world, ledger: ledger).encoded()
        try journal.save(Snapshot(sequence: sequence, bytes: bytes))
        lastSequence = sequence
    }
}

/// The outcome of the snapshot being taken, seen from two threads.
private final class RunningSnapshot: Sendable {
    private let outcome = Mutex<Result<Int, any Error>?>(nil)

    func begin() {
        outcome.withLock { $0 = nil }
    }

    func finish(_ result: Result<Int, any Error>) {
        outcome.withLock { $0 = result }
    }

    /// The size of the last snapshot, or `nil` while one is being taken.
    ///
    /// Throws what it failed with.
    func lastSize() throws -> Int? {
        try outcome.withLock { try $0?.get() }
    }
}
