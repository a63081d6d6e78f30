import BerthKernel

/// How many live bodies each stored segment still holds.
///
/// Sorted columns, because segments are opened in ascending order and a snapshot carries them all.
struct PayloadLedger: Codable, Equatable {
    private var segments: [UInt64] = []
    private var live: [UInt64] = []
    /// Segments without a live body, not yet dropped from the store.
    private(set) var abandoned: [UInt64] = []
    /// Entries in front that have been dropped already; removed in bulk.
    private var holes = 0

    mutating func open(_ segment: UInt64, bodies: Int) {
        guard bodies > 0 else { return }
        segments.append(segment)
        live.append(UInt64(bodies))
    }

    /// Counts bodies out.
    ///
    /// References into segments that are gone are ignored: a replay repeats them.
    mutating func release(_ references: [PayloadRef]) {
        for reference in references {
            guard let index = index(of: reference.segment), live[index] > 0 else { continue }
            live[index] -= 1
            guard live[index] == 0 else { continue }
            abandoned.append(reference.segment)
            holes += 1
        }
        if holes > 64, holes * 2 > segments.count { compact() }
    }

    /// The segments to drop with the next commit; asked for once.
    mutating func takeAbandoned() -> [UInt64] {
        defer { abandoned = [] }
        return abandoned
    }

    private mutating func compact() {
        let kept = segments.indices.filter { live[$0] > 0 }
        segments = kept.map { segments[$0] }
        live = kept.map { live[$0] }
        holes = 0
    }

    private func index(of segment: UInt64) -> Int? {
        var (low, high) = (0, segments.count)
        while low < high {
            let middle = (low + high) / 2
            if segments[middle] < segment { low = middle + 1 } else { high = middle }
        }
        return low < segments.count && segments[low] == segment ? low : nil
    }
}
