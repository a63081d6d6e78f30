package import BerthKernel

/// How many instances a provider's tasks need, as a percentage of those its group has.
///
/// The metric `CapacityProviderReservation`: M / N × 100. Above the target the group grows, below it shrinks.
///
/// - AWS: blog *Deep Dive on Amazon ECS Cluster Auto Scaling*; ECS Developer Guide, *Amazon ECS managed
/// scaling behavior*.
package struct Reservation: Hashable, Codable, Sendable {
    package enum Basis: Hashable, Codable, Sendable {
        /// No task waits: needed are the instances that are not empty.
        case occupied(empty: Int)
        /// Tasks wait: needed are `more` instances on top of those that exist.
        case waiting(tasks: Int, more: Int)
        /// Tasks wait and no instance exists.
        ///
        /// AWS then always reports 200, whatever the demand.
        case waitingAtZero(tasks: Int)
        /// Nothing runs and nothing waits.
        case nothing
        /// Tasks wait that no instance type of the group can hold; nothing would help.
        case impossible(tasks: Int)
    }

    package let instant: Instant
    /// N: instances that run or start.
    package let instances: Int
    package let basis: Basis
    package let target: Int

    /// M, where it is a number of instances.
    var needed: Int? {
        switch basis {
        case .occupied(let empty): instances - empty
        case .waiting(_, let more): instances + more
        case .waitingAtZero, .nothing, .impossible: nil
        }
    }

    /// The published value.
    package var percent: Double {
        switch basis {
        case .occupied, .waiting: Double(100 * (needed ?? 0)) / Double(instances)
        case .waitingAtZero: Double(CapacityLimits.reservationFromZero)
        case .nothing, .impossible: Double(target)
        }
    }

    /// The size at which the group would meet the target, rounded up; `nil` when it should stay as it is.
    ///
    /// In whole numbers: N × (100 M / N) / target in floating point lands now and then above M.
    package var proposedSize: Int? {
        switch basis {
        case .occupied, .waiting: ((needed ?? 0) * 100 + target - 1) / target
        case .waitingAtZero: (CapacityLimits.reservationFromZero + target - 1) / target
        case .nothing, .impossible: nil
        }
    }

    /// The value to one decimal, for sentences.
    package var percentText: String {
        let tenths = Int((percent * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }

    /// What the value comes from, as the end of a sentence.
    package var explanation: String {
        switch basis {
        case .occupied(let empty):
            "no task waits and \(occupiedText(instances - empty))"
        case .waiting(let tasks, let more):
            "\(waiting(tasks)) for at least \(counted(more, "more instance")) on top of the \(instances) there are"
        case .waitingAtZero(let tasks):
            "\(waiting(tasks)) and no instance exists, for which AWS always reports 200 %"
        case .nothing:
            "no task waits and no instance exists"
        case .impossible(let tasks):
            "\(waiting(tasks)) and no instance type of the group is large enough"
        }
    }

    private func occupiedText(_ occupied: Int) -> String {
        switch (occupied, instances) {
        case (0, 1): "the only instance holds none"
        case (0, _): "none of the \(instances) instances holds one"
        case (1, 1): "the only instance holds one"
        default: "\(occupied) of \(instances) instances \(occupied == 1 ? "holds" : "hold") tasks"
        }
    }

    private func waiting(_ tasks: Int) -> String {
        counted(tasks, "task") + (tasks == 1 ? " waits" : " wait")
    }
}

/// `1 task`, `3 tasks`.
func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
}
