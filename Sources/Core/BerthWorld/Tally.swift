import BerthCapacity
import BerthECS
import OrderedCollections

/// What a run came to, counted while it happened, for the summary at its end.
package struct Tally: Hashable, Codable, Sendable {
    /// Tasks that stopped while they held messages they had not deleted.
    package internal(set) var killedMidJob = 0
    package internal(set) var peakTasks = 0
    package internal(set) var peakInstances = 0

    mutating func observe(ecs: borrowing ECS, capacity: borrowing Capacity) {
        peakTasks = max(peakTasks, ecs.tasks.values.count { $0.lastStatus == .running })
        peakInstances = max(peakInstances, capacity.instances.values.count { $0.state == .running })
    }
}
