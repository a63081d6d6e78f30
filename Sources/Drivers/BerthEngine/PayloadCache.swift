import BerthKernel
import DequeModule
import Synchronization

/// Bodies by reference: recent segments from memory, others from the store.
///
/// Consumers usually follow producers closely, so the newest segments are worth keeping; a segment read
/// from the store is kept too, since its neighbours are asked for next.
final class PayloadCache: Sendable {
    private struct Kept {
        var segments: [UInt64: [UInt8]] = [:]
        var order: Deque<UInt64> = []
        var bytes = 0
    }

    private let store: any PayloadStore
    private let capacity: Int
    private let kept = Mutex(Kept())

    init(store: any PayloadStore, capacity: Int) {
        self.store = store
        self.capacity = capacity
    }

    func payload(_ reference: PayloadRef) throws -> [UInt8]? {
        if let segment = kept.withLock({ $0.segments[reference.segment] }) {
            return Self.slice(segment, reference)
        }
        guard let segment = try store.segment(reference.segment) else { return nil }
        keep(segment, as: reference.segment)
        return Self.slice(segment, reference)
    }

    /// Remembers a segment for as long as there is room; the one kept longest makes way.
    func keep(_ segment: [UInt8], as id: UInt64) {
        guard segment.count <= capacity else { return }
        kept.withLock { kept in
            guard kept.segments.updateValue(segment, forKey: id) == nil else { return }
            kept.order.append(id)
            kept.bytes += segment.count
            while kept.bytes > capacity, let oldest = kept.order.popFirst() {
                kept.bytes -= kept.segments.removeValue(forKey: oldest)?.count ?? 0
            }
        }
    }

    func forget(_ ids: [UInt64]) {
        kept.withLock { kept in
            for id in ids {
                kept.bytes -= kept.segments.removeValue(forKey: id)?.count ?? 0
            }
            if kept.order.count > 2 * kept.segments.count + 64 {
                kept.order.removeAll { kept.segments[$0] == nil }
            }
        }
    }

    private static func slice(_ segment: [UInt8], _ reference: PayloadRef) -> [UInt8]? {
        let start = Int(reference.offset)
        let end = start + Int(reference.length)
        guard end <= segment.count else { return nil }
        return Array(segment[start..<end])
    }
}
