package import BerthKernel
import BerthTemplates
import DequeModule
package import OrderedCollections

/// The stacks of a region: templates brought to life resource by resource, and taken down again.
///
/// Stacks know what must come before what; what a resource *is* they do not know. They ask for one action after
/// the other (``StackEvent/provision(_:)``) and go by what is reported back. Nothing waits for anything but its
/// own dependencies, so a service that takes an hour holds up nobody else.
package struct Stacks: Sendable, Equatable, Codable {
    let tenancy: Tenancy
    let pace: Pace
    let settings: StackSettings
    /// All stacks that can be described, deleted ones too, oldest first.
    package internal(set) var stacks: OrderedDictionary<UniqueID, Stack> = [:]
    /// The stacks that own their name: all but the deleted ones.
    var live: OrderedDictionary<String, UniqueID> = [:]
    /// When actions under way have taken too long.
    ///
    /// All get equally long, so the first is the earliest.
    var timeouts: Deque<Timeout> = []
    var stackIDs: RandomStream
    var eventIDs: RandomStream
    var names: RandomStream
    var outbox: [StackEvent] = []

    struct Timeout: Hashable, Codable, Sendable {
        let instant: Instant
        let stack: UniqueID
        let logicalID: String
        let generation: Int
    }

    package init(tenancy: Tenancy, pace: Pace, seed: UInt64, settings: StackSettings = StackSettings()) {
        self.tenancy = tenancy
        self.pace = pace
        self.settings = settings
        stackIDs = RandomStream(seed: seed, purpose: "stack ids")
        eventIDs = RandomStream(seed: seed, purpose: "stack event ids")
        names = RandomStream(seed: seed, purpose: "names of stack resources")
    }

    /// When the oldest action under way has taken too long.
    package var nextDeadline: Instant? {
        timeouts.first?.instant
    }

    /// Gives up on actions that nobody has reported on for too long.
    package mutating func advance(to now: Instant) {
        while let timeout = timeouts.first, timeout.instant <= now {
            timeouts.removeFirst()
            timeOut(timeout)
        }
    }

    /// What happened since this was last asked.
    package mutating func drain() -> [StackEvent] {
        defer { outbox = [] }
        return outbox
    }

    /// The stack of that name or ARN.
    ///
    /// A deleted stack has lost its name and is found by ARN only.
    package func stack(_ nameOrARN: String) -> Stack? {
        if let id = live[nameOrARN] { return stacks[id] }
        guard let name = ResourceName(nameOrARN), name.service == "cloudformation",
            let id = name.resource.split(separator: "/").last.flatMap({ UniqueID($0) })
        else { return nil }
        return stacks[id]
    }

    /// Whether an action is still to be done: the stack has not changed its mind since it asked for it.
    package func isCurrent(_ action: ResourceAction) -> Bool {
        stacks[action.stack]?.resources[action.logicalID]?.generation == action.generation
    }

    private mutating func timeOut(_ timeout: Timeout) {
        guard isUnderWay(timeout) else { return }
        report(
            .failed(reason: "Exceeded attempts to wait", code: .notStabilized), stack: timeout.stack,
            logicalID: timeout.logicalID, generation: timeout.generation, at: timeout.instant)
    }

    private func isUnderWay(_ timeout: Timeout) -> Bool {
        guard let resource = stacks[timeout.stack]?.resources[timeout.logicalID] else { return false }
        return resource.generation == timeout.generation
            && (resource.status == .createInProgress || resource.status == .deleteInProgress)
    }

    /// Forgets the timeouts of actions that are over, so that the next deadline is a real one.
    mutating func dropSpentTimeouts() {
        while let first = timeouts.first, !isUnderWay(first) {
            timeouts.removeFirst()
        }
    }
}
