import BerthDriverContracts
import BerthEngine
import BerthKernel
import Testing

@Suite(.timeLimit(.minutes(1)))
struct NullRuntimeTests {
    private let launch = TaskLaunch.fixture(containers: [.fixture(name: "main"), .fixture(name: "sidecar")])

    @Test func `a task is started once and stopped last`() async throws {
        try await TaskRuntimeContract.aTaskIsStartedOnceAndStoppedLast(NullRuntime(), launch: launch)
    }

    @Test func `an unknown task is not stopped`() async throws {
        try await TaskRuntimeContract.anUnknownTaskIsNotStopped(NullRuntime(), launch: launch)
    }
}

struct MemoryStoreTests {
    @Test func `a new store is empty`() throws {
        try StoreContract.aNewStoreIsEmpty(MemoryStore())
    }

    @Test func `entries come back as they were, in order`() throws {
        try StoreContract.entriesComeBackAsTheyWereInOrder(MemoryStore())
        try StoreContract.anEntryMayHaveNoCommands(MemoryStore())
    }

    @Test func `bodies stay until their segment is dropped`() throws {
        try StoreContract.bodiesStayUntilTheirSegmentIsDropped(MemoryStore())
    }

    @Test func `a snapshot replaces the entries it contains`() throws {
        try StoreContract.aSnapshotReplacesTheEntriesItContains(MemoryStore())
    }
}
