import BerthKernel

/// How many healthy tasks a deployment must keep and how many tasks it may have in all.
///
/// The lower bound is rounded up and the upper one down.
///
/// - AWS: ECS API Reference, *DeploymentConfiguration*.
struct RolloutBounds: Equatable {
    let lower: Int
    let upper: Int

    init(desired: Int, _ configuration: DeploymentConfiguration) {
        lower = (desired * configuration.minimumHealthyPercent + 99) / 100
        upper = desired * configuration.maximumPercent / 100
    }
}

/// The tasks of a service that are to run, as one pass sees them.
struct ReplicaCensus: Equatable {
    /// How far a task is on the way to counting as healthy.
    enum Condition: Equatable {
        /// Not running yet. `isFresh` until the scheduler has had its next pass.
        case starting(isFresh: Bool)
        /// Running, but not for long enough.
        case young
        case healthy
    }

    struct Member: Equatable {
        let id: TaskID
        let condition: Condition
        var isProtected = false
        /// On an instance that drains: to be replaced, whatever becomes of its deployment.
        var isDraining = false
    }

    /// Tasks of the primary deployment on instances that stay.
    var staying: [Member] = []
    /// Tasks of older deployments, and those on instances that drain.
    var outgoing: [Member] = []
    /// When a task changes its condition or loses its protection next.
    var nextChange: Instant?

    var healthyCount: Int { (staying + outgoing).count { $0.condition == .healthy } }
}

/// What one pass does to a service's tasks.
struct ReplicaPlan: Equatable {
    /// Tasks of the primary deployment to start.
    var starts = 0
    /// Tasks of the primary deployment beyond the desired count, to be chosen among.
    var surplus = 0
    /// Outgoing tasks to stop.
    var stops: [TaskID] = []
    /// Tasks that may still be started in all, for older deployments to replace what they lost.
    var room = 0
    /// Outgoing tasks can neither be stopped nor replaced, and time will not help.
    var isBlocked = false
}

/// Decides what a pass does, from the bounds of the deployment.
///
/// New tasks start as far as the upper bound allows. Outgoing tasks that never ran go at once, running ones as
/// long as the healthy tasks that remain are not fewer than the lower bound; protected ones wait.
func decideReplicas(
    _ census: ReplicaCensus, desired: Int, _ configuration: DeploymentConfiguration, mayStart: Bool, hasFailed: Bool
) -> ReplicaPlan {
    let bounds = RolloutBounds(desired: desired, configuration)
    var plan = ReplicaPlan()
    plan.surplus = max(0, census.staying.count - desired)
    let total = census.staying.count - plan.surplus + census.outgoing.count
    let missing = desired - (census.staying.count - plan.surplus)
    plan.starts = mayStart ? max(0, min(missing, bounds.upper - total)) : 0
    plan.room = max(0, bounds.upper - total - plan.starts)

    var healthy = census.healthyCount
    for member in census.outgoing where !member.isProtected && (member.isDraining || !hasFailed) {
        switch member.condition {
        case .starting(let isFresh):
            if !isFresh || member.isDraining { plan.stops.append(member.id) }
        case .young:
            if healthy >= bounds.lower { plan.stops.append(member.id) }
        case .healthy:
            guard healthy > bounds.lower else { continue }
            healthy -= 1
            plan.stops.append(member.id)
        }
    }
    let isIdle = plan.starts == 0 && plan.stops.isEmpty && census.nextChange == nil
    let allRun = census.staying.allSatisfy { $0.condition == .healthy }
    plan.isBlocked = isIdle && mayStart && allRun && missing > 0 && !census.outgoing.isEmpty
    return plan
}
