import BerthCapacity
import BerthECS
package import BerthKernel
import BerthMetrics
import BerthQueues
import BerthScaling
import OrderedCollections

extension World {
    /// Walks from the queue to the running task and names the link a service or task waits at.
    ///
    /// queue -> metric -> alarm -> policy -> desired count -> reservation -> group -> instance -> task. A pure
    /// function of the state: asking changes nothing and asking twice gives the same answer.
    package func explain(_ subject: String) throws(Refusal) -> [ExplanationLink] {
        if let service = ecs.services.values.first(where: { $0.name == subject || $0.arn == subject }) {
            return explain(service)
        }
        let matches = ecs.tasks.values.filter { $0.id.hex.hasPrefix(subject) || $0.arn == subject }
        guard let task = matches.first, matches.count == 1 else {
            let services = ecs.services.values.map(\.name).joined(separator: ", ")
            throw Refusal(
                code: "NotFound",
                message: matches.isEmpty
                    ? "There is no service or task '\(subject)'. Services: \(services.isEmpty ? "none" : services)."
                    : "\(matches.count) tasks begin with '\(subject)'.")
        }
        return explain(task)
    }

    private func explain(_ service: ECSService) -> [ExplanationLink] {
        var links = alarms(scaling: service.key.resourceID).flatMap { demandLinks(of: $0, $1, for: service) }
        links = links.removingRepeats()
        links.append(desiredCountLink(service))
        links += (try? ecs.whyWaiting(service: service.name, cluster: service.cluster, at: now)).links
        links += capacityLinks(of: service)
        links.append(taskLink(service))
        return links.markingCause()
    }

    private func explain(_ task: ECSTask) -> [ExplanationLink] {
        var links: [ExplanationLink] = []
        if let name = task.service, let service = ecs.services[ServiceKey(cluster: task.cluster, service: name)] {
            links.append(desiredCountLink(service))
        }
        links += (try? ecs.whyWaiting(task: task.id.hex, cluster: task.cluster, at: now)).links
        let reason = task.stoppedReason.map { ": \($0)" } ?? ""
        links.append(
            ExplanationLink(
                link: "task", sentence: "The task is \(task.lastStatus.rawValue)\(reason).",
                isWaiting: task.lastStatus == .provisioning || task.lastStatus == .pending))
        return links.markingCause()
    }

    /// The alarms that can change this service's desired count, each with the policy it invokes.
    private func alarms(scaling resourceID: String) -> [(Alarm, ScalingPolicy)] {
        scaling.policies.values.filter { $0.key.resourceID == resourceID }.flatMap { policy in
            metrics.alarms.values
                .filter { alarm in alarm.definition.alarmActions.contains { $0.hasPrefix(policy.arn) } }
                .map { ($0, policy) }
        }
    }

    /// queue -> metric -> alarm -> policy: how messages become a desired count.
    ///
    /// Something waits here only while there are messages and no task is wanted for them.
    private func demandLinks(
        of alarm: Alarm, _ policy: ScalingPolicy, for service: ECSService
    ) -> [ExplanationLink] {
        let queues = queues(watchedBy: alarm)
        let isNeeded =
            service.desiredCount == 0 && alarm.definition.comparison.isUpward
            && queues.contains { $0.statistics.depth + $0.statistics.inFlight > 0 }
        let newest = newestPoint(of: alarm)
        let isSeen = newest.map { alarm.definition.comparison.holds($0.value, alarm.definition.threshold) } ?? false
        let isRaised = alarm.state == .alarm
        return queues.map { queueLink($0.name, $0.statistics) } + [
            metricLink(newest, of: alarm, isWaiting: isNeeded && !isSeen),
            ExplanationLink(
                link: "alarm",
                sentence: "\(alarm.definition.name) is \(alarm.state.rawValue): \(alarm.stateReason)",
                isWaiting: isNeeded && isSeen && !isRaised),
            policyLink(policy, isWaiting: isNeeded && isSeen && isRaised),
        ]
    }

    private func queues(watchedBy alarm: Alarm) -> [(name: String, statistics: QueueStatistics)] {
        var found: OrderedDictionary<String, QueueStatistics> = [:]
        for query in alarm.definition.queries {
            guard case .metric(let identity, _, _, _) = query.source, identity.namespace == "AWS/SQS",
                let name = identity.dimensions.first(where: { $0.name == "QueueName" })?.value,
                let statistics = try? queues.statistics(of: name, at: now)
            else { continue }
            found[name] = statistics
        }
        return found.map { ($0.key, $0.value) }
    }

    private func queueLink(_ name: String, _ statistics: QueueStatistics) -> ExplanationLink {
        ExplanationLink(
            link: "queue",
            sentence: "\(name) has \(statistics.depth) visible, \(statistics.inFlight) in flight and "
                + "\(statistics.delayed) delayed messages.",
            isWaiting: false)
    }

    /// The newest value an alarm can see by now: what is published comes minutes after what it describes.
    private func newestPoint(of alarm: Alarm) -> MetricPoint? {
        let queries = alarm.definition.queries.map { query in
            // A plain alarm's only query has no id; reading needs one.
            AlarmDefinition.Query(
                id: query.id.isEmpty ? "m1" : query.id, source: query.source, label: query.label,
                returnsData: query.returnsData)
        }
        let window = configuration.pace(alarm.definition.period * 10)
        let results = try? metrics.data(DataRequest(queries: queries, start: now - window, end: now))
        return results?.first?.points.first
    }

    private func metricLink(_ newest: MetricPoint?, of alarm: Alarm, isWaiting: Bool) -> ExplanationLink {
        let metric =
            alarm.definition.queries.first { $0.returnsData }.map { query in
                switch query.source {
                case .metric(let identity, _, _, _): identity.name
                case .expression(let text): query.label ?? text
                }
            } ?? "the metric"
        let value = newest.map { point in
            let amount = point.value.rounded() == point.value ? "\(Int(point.value))" : "\(point.value)"
            return "was \(amount) at \(CalendarTime(point.instant).timeText), the newest value published"
        }
        return ExplanationLink(
            link: "metric", sentence: "\(metric) \(value ?? "has no published value yet").", isWaiting: isWaiting)
    }

    private func policyLink(_ policy: ScalingPolicy, isWaiting: Bool) -> ExplanationLink {
        let newest = scaling.activities(of: policy.key).first { $0.cause.contains(policy.name) }
        let last = newest.map { "acted last at \(CalendarTime($0.startedAt).timeText): \($0.description)" }
        return ExplanationLink(
            link: "policy", sentence: "\(policy.name) \(last ?? "has not acted yet.")", isWaiting: isWaiting)
    }

    private func desiredCountLink(_ service: ECSService) -> ExplanationLink {
        ExplanationLink(
            link: "desired count",
            sentence: "\(service.name) wants \(service.desiredCount) tasks and has \(service.runningCount) running, "
                + "\(service.pendingCount) on their way.",
            isWaiting: false)
    }

    private func capacityLinks(of service: ECSService) -> [ExplanationLink] {
        service.revision.strategy.flatMap { item -> [ExplanationLink] in
            guard let provider = capacity.providers[item.provider] else { return [] }
            return reservationLinks(provider) + groupLinks(provider)
        }
    }

    /// What the provider last said it needs, and whether tasks wait that it has not counted yet.
    private func reservationLinks(_ provider: CapacityProvider) -> [ExplanationLink] {
        guard let reservation = provider.reservation else { return [] }
        let isShort = !ecs.demand(provider: provider.name).isEmpty
        return [
            ExplanationLink(
                link: "reservation",
                sentence: "CapacityProviderReservation was \(reservation.percentText) at "
                    + "\(CalendarTime(reservation.instant).timeText) against a target of \(reservation.target) %: "
                    + "\(reservation.explanation).",
                isWaiting: isShort && reservation.proposedSize ?? 0 <= reservation.instances)
        ]
    }

    /// The group behind a provider, and those of its instances that are on their way.
    private func groupLinks(_ provider: CapacityProvider) -> [ExplanationLink] {
        guard let name = provider.group, let group = capacity.groups[name] else { return [] }
        let members = group.members.compactMap { capacity.instances[$0] }
        let coming = members.filter { $0.registeredAt == nil }
        let isAsked = provider.reservation.map { $0.proposedSize ?? 0 > group.desiredCapacity } ?? false
        let isShort = !ecs.demand(provider: provider.name).isEmpty
        let groupLink = ExplanationLink(
            link: "group",
            sentence: "\(name) wants \(group.desiredCapacity) of at most \(group.specification.maxSize) instances and "
                + "has \(members.count), \(members.count - coming.count) of them registered.",
            isWaiting: members.count < group.desiredCapacity || isShort && isAsked)
        return [groupLink]
            + coming.map { instance in
                ExplanationLink(
                    link: "instance",
                    sentence: "\(instance.id) (\(instance.type) in \(instance.zone)) was launched at "
                        + "\(CalendarTime(instance.launchedAt).timeText) and has not registered yet.",
                    isWaiting: true)
            }
    }

    private func taskLink(_ service: ECSService) -> ExplanationLink {
        let missing = service.desiredCount - service.runningCount
        return ExplanationLink(
            link: "task",
            sentence: missing > 0
                ? "\(missing) of \(service.desiredCount) tasks are not running yet."
                : "All \(service.desiredCount) wanted tasks run.",
            isWaiting: false)
    }
}

extension [ExplanationLink] {
    /// The same sentence may come from two alarms on one queue; it is said once.
    fileprivate func removingRepeats() -> [ExplanationLink] {
        var result: [ExplanationLink] = []
        for link in self where !result.contains(link) { result.append(link) }
        return result
    }

    /// The last link that waits is the cause; those before it wait for it.
    fileprivate func markingCause() -> [ExplanationLink] {
        let cause = lastIndex(where: \.isWaiting)
        return enumerated().map { index, link in
            ExplanationLink(link: link.link, sentence: link.sentence, isWaiting: index == cause)
        }
    }
}

extension [WaitingLink]? {
    /// What ECS says of something that waits, as links of the chain.
    fileprivate var links: [ExplanationLink] {
        (self ?? []).map { ExplanationLink(link: $0.kind.rawValue, sentence: $0.sentence, isWaiting: $0.isWaiting) }
    }
}
