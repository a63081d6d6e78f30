package import BerthKernel
import OrderedCollections

extension Queues {
    /// Adds a statement to the queue's policy that allows these accounts these actions.
    ///
    /// Recorded only: this server does not check policies. Actions come without their `SQS:` prefix.
    package mutating func addPermission(
        label: String, accounts: [String], actions: [String], to name: String, at now: Instant
    ) throws(Refusal) {
        let position = try position(of: name)
        guard actions.count <= QueueLimits.actionsPerPermission else {
            throw .overLimit(
                "\(actions.count) Actions were found, maximum allowed is \(QueueLimits.actionsPerPermission).")
        }
        let arn = queues[position].arn
        var policy = Self.members(of: queues[position].attributes.policy)
        var statements = policy["Statement"]?.elements ?? []
        guard !statements.contains(where: { $0["Sid"]?.stringValue == label }) else {
            throw .invalidParameter("Label", value: label, reason: "Already exists.")
        }
        statements.append(
            .object([
                "Sid": .string(label),
                "Effect": .string("Allow"),
                "Principal": .object(["AWS": Self.oneOrMore(accounts.map { "arn:aws:iam::\($0):root" })]),
                "Action": Self.oneOrMore(actions.map { "SQS:\($0)" }),
                "Resource": .string(arn),
            ]))
        if policy.isEmpty {
            policy["Version"] = .string("2008-10-17")
            policy["Id"] = .string("\(arn)/SQSDefaultPolicy")
        }
        policy["Statement"] = .array(statements)
        setPolicy(JSONText.object(policy).text, of: position, at: now)
    }

    /// Removes the statement with this label; the policy goes with its last statement.
    package mutating func removePermission(
        label: String, from name: String, at now: Instant
    ) throws(Refusal) {
        let position = try position(of: name)
        var policy = Self.members(of: queues[position].attributes.policy)
        var statements = policy["Statement"]?.elements ?? []
        guard let index = statements.firstIndex(where: { $0["Sid"]?.stringValue == label }) else {
            throw .invalidParameter("Label", value: label, reason: "can't find label.")
        }
        statements.remove(at: index)
        policy["Statement"] = .array(statements)
        setPolicy(statements.isEmpty ? nil : JSONText.object(policy).text, of: position, at: now)
    }

    private mutating func setPolicy(_ text: String?, of position: Int, at now: Instant) {
        queues[position].attributes.policy = text
        queues[position].modifiedAt = now
        touch(position, at: now)
        noteDeadline(of: position)
    }

    private static func members(of policy: String?) -> OrderedDictionary<String, JSONText> {
        guard let policy, case .object(let members) = JSONText(policy) else { return [:] }
        return members
    }

    private static func oneOrMore(_ values: [String]) -> JSONText {
        values.count == 1 ? .string(values[0]) : .array(values.map(JSONText.string))
    }
}
