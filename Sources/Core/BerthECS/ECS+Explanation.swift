package import BerthKernel
import OrderedCollections

/// One link of the chain from what is wanted to what runs.
package struct WaitingLink: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case service, deployment, task, provider, instance
    }

    package let kind: Kind
    package let subject: String
    package let sentence: String
    /// Whether this is where things wait: the last such link is the cause.
    package let isWaiting: Bool
}

/// Why things do not run yet, read from the state and changing nothing.
extension ECS {
    /// From the service's desired count to the instance its next task waits for.
    package func whyWaiting(
        service identifier: String, cluster: String?, at now: Instant
    ) throws(Refusal) -> [WaitingLink] {
        guard let service = try service(identifier, cluster: cluster) else { throw .serviceNotFound() }
        let missing = service.desiredCount - service.runningCount
        var links = [
            WaitingLink(
                kind: .service, subject: service.name,
                sentence: "Service \(service.name) is \(service.status.rawValue), wants "
                    + "\(service.desiredCount.of("task")), runs \(service.runningCount) and has "
                    + "\(service.pendingCount) on the way.", isWaiting: missing > 0)
        ]
        for deployment in service.deployments { links.append(link(deployment, at: now)) }
        if let complaint = service.complaint {
            links.append(
                WaitingLink(kind: .service, subject: service.name, sentence: complaint.message, isWaiting: true))
        }
        let oldest = service.tasks.compactMap { tasks[$0] }.first { $0.isWanted && $0.isOnItsWay }
        return links + (oldest.map { taskLinks($0, at: now) } ?? [])
    }

    /// From the task to the instance it waits for.
    package func whyWaiting(
        task identifier: String, cluster: String?, at now: Instant
    ) throws(Refusal) -> [WaitingLink] {
        guard let task = try task(identifier, cluster: cluster) else { throw .taskNotFound() }
        return taskLinks(task, at: now)
    }

    private func link(_ deployment: Deployment, at now: Instant) -> WaitingLink {
        let throttle = deployment.throttledUntil.flatMap { $0 > now ? $0 : nil }
        let pause = throttle.map {
            " After \(deployment.failedAttempts) failed attempts it starts nothing for \(now.secondsText(to: $0))."
        }
        return WaitingLink(
            kind: .deployment, subject: deployment.id,
            sentence: "Deployment \(deployment.id) of \(deployment.revision.taskDefinition) is "
                + "\(deployment.rolloutState.rawValue): \(deployment.runningCount) of "
                + "\(deployment.desiredCount.of("task")) run." + (pause ?? ""),
            isWaiting: throttle != nil || deployment.rolloutState == .failed)
    }

    private func taskLinks(_ task: ECSTask, at now: Instant) -> [WaitingLink] {
        let name = "\(task.sentenceName)"
        let age = task.createdAt.secondsText(to: now)
        let first: WaitingLink
        switch task.lastStatus {
        case .provisioning:
            let limit = task.deadline.map { now.secondsText(to: $0) } ?? "no time"
            let what = task.launchType == .fargate ? "a Fargate machine" : "an instance"
            first = link(task, "\(name) waits for \(what) since \(age); \(limit) are left.", isWaiting: true)
        case .pending where task.isHeldByAgent:
            first = link(task, "\(name) has its instance, where a stopping task still holds its room.", isWaiting: true)
        case .pending: first = link(task, "\(name) has its place and its containers are starting.", isWaiting: true)
        case .running: first = link(task, "\(name) runs.", isWaiting: false)
        case .stopping, .stopped:
            let reason = task.stoppedReason ?? "no reason given"
            first = link(task, "\(name) is \(task.lastStatus.rawValue): \(reason).", isWaiting: false)
        }
        guard task.lastStatus == .provisioning, let provider = task.capacityProvider else { return [first] }
        return [first] + providerLinks(provider, task)
    }

    private func providerLinks(_ provider: String, _ task: ECSTask) -> [WaitingLink] {
        guard task.launchType == .ec2 else { return [] }
        let registered = instances.values.filter { $0.facts.capacityProvider == provider }
        let active = registered.count { $0.status == .active }
        let waiting = self.waiting.count { tasks[$0]?.capacityProvider == provider }
        let state = WaitingLink(
            kind: .provider, subject: provider,
            sentence: "Capacity provider \(provider) has \(registered.count.of("registered instance")), \(active) "
                + "ACTIVE, and \(waiting.of("task")) waiting for it.", isWaiting: true)
        guard let reason = task.waiting else { return [state] }
        let sentence = reason.sentence.prefix(1).uppercased() + reason.sentence.dropFirst()
        return [state, WaitingLink(kind: .instance, subject: provider, sentence: sentence, isWaiting: true)]
    }

    private func link(_ task: ECSTask, _ sentence: String, isWaiting: Bool) -> WaitingLink {
        WaitingLink(kind: .task, subject: task.id.hex, sentence: sentence, isWaiting: isWaiting)
    }
}
