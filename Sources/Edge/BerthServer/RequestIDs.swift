import BerthKernel
import Synchronization

/// Numbers every request with an id in the form of a UUID, as `x-amzn-RequestId` carries it.
final class RequestIDs: Sendable {
    private let stream: Mutex<RandomStream>

    init(seed: UInt64) {
        stream = Mutex(RandomStream(seed: seed, purpose: "requests"))
    }

    func next() -> String {
        stream.withLock { LongID<RequestTag>(from: &$0) }.uuid
    }
}
