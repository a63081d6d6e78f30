package import BerthKernel
import OrderedCollections

/// What a task's scale-in protection looks like from outside.
package struct TaskProtection: Hashable, Codable, Sendable {
    package let taskARN: String
    package let isEnabled: Bool
    package let expiresAt: Instant?
}

/// Task scale-in protection: a busy worker asks not to be chosen.
///
/// - AWS: ECS Developer Guide, *Protect your Amazon ECS tasks from being terminated by scale-in events*.
extension ECS {
    /// Protects service tasks against scale-in and deployments, from now on for so many minutes, or no longer.
    ///
    /// The minutes are the worker's and are never paced.
    package mutating func updateTaskProtection(
        cluster: String?, tasks identifiers: [String], isEnabled: Bool, expiresInMinutes: Int?, at now: Instant
    ) throws(Refusal) -> (protections: [TaskProtection], failures: [Failure]) {
        guard !identifiers.isEmpty else { throw .tasksEmpty() }
        guard identifiers.count <= ECSLimits.tasksPerProtectionUpdate else { throw .tooManyTasks() }
        let minutes = expiresInMinutes ?? ECSLimits.defaultProtectionMinutes
        guard ECSLimits.protectionMinutes.contains(minutes) else { throw .protectionOutOfRange() }
        let (found, failures) = try protectable(identifiers, cluster: cluster)
        for task in found {
            let until = isEnabled ? now + .seconds(minutes * 60) : nil
            change(task.id, at: now) { $0.protectedUntil = until }
            decide(
                .task, task.id.hex,
                until == nil
                    ? "\(task.sentenceName) is no longer protected against scale-in."
                    : "\(task.sentenceName) is protected against scale-in for \(minutes) minutes.",
                at: now)
            if let key = task.serviceKey { requestPass(key, at: now) }
        }
        settle(at: now)
        return (found.compactMap { tasks[$0.id]?.protection(at: now) }, failures)
    }

    /// How the tasks are protected.
    package func taskProtection(
        cluster: String?, tasks identifiers: [String], at now: Instant
    ) throws(Refusal) -> (protections: [TaskProtection], failures: [Failure]) {
        guard !identifiers.isEmpty else { throw .tasksEmpty() }
        let (found, failures) = try protectable(identifiers, cluster: cluster)
        return (found.map { $0.protection(at: now) }, failures)
    }

    private func protectable(
        _ identifiers: [String], cluster: String?
    ) throws(Refusal) -> (tasks: [ECSTask], failures: [Failure]) {
        var found: [ECSTask] = []
        var failures: [Failure] = []
        for identifier in identifiers {
            if let task = try task(identifier, cluster: cluster), task.lastStatus != .stopped {
                if task.service == nil {
                    failures.append(Failure(arn: task.arn, reason: "TASK_NOT_VALID"))
                } else {
                    found.append(task)
                }
            } else {
                failures.append(.missing(identifier))
            }
        }
        return (found, failures)
    }
}

extension ECSTask {
    fileprivate func protection(at now: Instant) -> TaskProtection {
        let isEnabled = isProtected(at: now)
        return TaskProtection(taskARN: arn, isEnabled: isEnabled, expiresAt: isEnabled ? protectedUntil : nil)
    }
}
