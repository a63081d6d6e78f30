import BerthKernel

/// A cluster query, read.
indirect enum ClusterQueryExpression: Hashable, Sendable {
    enum Subject: Hashable, Sendable {
        case agentConnected, agentVersion, instance, registeredAt, runningTasksCount, taskGroup
        case attribute(String)
    }

    enum Comparison: Hashable, Sendable {
        case equals, greater, greaterOrEqual, less, lessOrEqual, exists, isIn, matches
    }

    case any([ClusterQueryExpression])
    case all([ClusterQueryExpression])
    case not(ClusterQueryExpression)
    case comparison(Subject, Comparison, [String])

    func predicate() -> (InstanceSnapshot) -> Bool {
        switch self {
        case .any(let parts):
            let predicates = parts.map { $0.predicate() }
            return { instance in predicates.contains { $0(instance) } }
        case .all(let parts):
            let predicates = parts.map { $0.predicate() }
            return { instance in predicates.allSatisfy { $0(instance) } }
        case .not(let part):
            let predicate = part.predicate()
            return { !predicate($0) }
        case .comparison(let subject, .exists, _):
            return { subject.exists(on: $0) }
        case .comparison(let subject, let comparison, let arguments):
            let test = comparison.test(arguments)
            return { subject.values(on: $0).contains(where: test) }
        }
    }
}

extension ClusterQueryExpression.Subject {
    /// The agent that Berth's instances are said to run.
    private static let reportedAgentVersion = "1.98.0"

    func exists(on instance: InstanceSnapshot) -> Bool {
        if case .attribute(let name) = self { return instance.hasAttribute(name) }
        return !values(on: instance).isEmpty
    }

    /// Every value the subject has: none for an absent attribute, several for the groups of running tasks.
    func values(on instance: InstanceSnapshot) -> [String] {
        switch self {
        case .agentConnected: ["true"]
        case .agentVersion: [Self.reportedAgentVersion]
        case .instance: instance.instance.map { ["\($0)"] } ?? []
        case .registeredAt: [CalendarTime(instance.registeredAt).iso8601]
        case .runningTasksCount: ["\(instance.tasksTotal)"]
        case .taskGroup: instance.taskGroups
        case .attribute(let name): instance.attributeValue(name).map { [$0] } ?? []
        }
    }
}

extension ClusterQueryExpression.Comparison {
    /// A test of one value of the subject.
    func test(_ arguments: [String]) -> (String) -> Bool {
        let argument = arguments.first ?? ""
        switch self {
        case .equals: return { $0 == argument }
        case .isIn: return { arguments.contains($0) }
        case .exists: return { _ in true }
        case .matches: return WholePattern(argument).matches
        case .greater: return { order($0, argument) > 0 }
        case .greaterOrEqual: return { order($0, argument) >= 0 }
        case .less: return { order($0, argument) < 0 }
        case .lessOrEqual: return { order($0, argument) <= 0 }
        }
    }
}

/// Negative, zero or positive as `left` is before, equal to or after `right`.
///
/// Numbers and versions (`1.9.0` before `1.10.0`) are ordered part by part, everything else as text, which
/// is right for ISO times of one zone: `2026-01-05` is before every moment of that day.
private func order(_ left: String, _ right: String) -> Int {
    if let leftParts = numericParts(left), let rightParts = numericParts(right) {
        for index in 0..<max(leftParts.count, rightParts.count) {
            let leftPart = index < leftParts.count ? leftParts[index] : 0
            let rightPart = index < rightParts.count ? rightParts[index] : 0
            if leftPart != rightPart { return leftPart < rightPart ? -1 : 1 }
        }
        return 0
    }
    return left == right ? 0 : left < right ? -1 : 1
}

private func numericParts(_ text: String) -> [Int]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    let numbers = parts.compactMap(\.self)
    return numbers.count == parts.count ? numbers : nil
}
