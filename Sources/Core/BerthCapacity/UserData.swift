package import BerthKernel

/// What an instance's user data tells its ECS agent.
package struct UserData: Hashable, Sendable {
    /// `ECS_CLUSTER=NAME` of a shell script, or `cluster = "NAME"` of Bottlerocket's settings; otherwise the
    /// cluster `default`, as the agent has it.
    package let cluster: String
    /// `ECS_INSTANCE_ATTRIBUTES={"name": "value"}`.
    package let attributes: [InstanceFacts.Attribute]

    package init(_ text: String) {
        cluster = Self.shellCluster(text) ?? Self.bottlerocketCluster(text) ?? "default"
        attributes = Self.attributes(text)
    }

    /// The last assignment wins, as it does in the agent's environment file.
    private static func shellCluster(_ text: String) -> String? {
        let key = "ECS_CLUSTER="
        var cluster: String?
        for line in text.split(whereSeparator: \.isNewline) {
            guard let start = line.ranges(of: key).last?.upperBound else { continue }
            let name = line[start...].drop { $0 == "\"" || $0 == "'" }
                .prefix { !$0.isWhitespace && !"\"';>|&".contains($0) }
            if !name.isEmpty { cluster = String(name) }
        }
        return cluster
    }

    private static func bottlerocketCluster(_ text: String) -> String? {
        var section = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.filter { !$0.isWhitespace }
            if words.hasPrefix("[") { section = words }
            if section == "[settings.ecs]", words.hasPrefix("cluster=") {
                return words.dropFirst("cluster=".count).filter { $0 != "\"" && $0 != "'" }
            }
        }
        return nil
    }

    /// The strings between double quotes, taken in pairs; backslashes of shell quoting are skipped.
    private static func attributes(_ text: String) -> [InstanceFacts.Attribute] {
        guard let start = text.firstRange(of: "ECS_INSTANCE_ATTRIBUTES=")?.upperBound else { return [] }
        let object = text[start...].drop { $0 != "{" }.dropFirst().prefix { $0 != "}" }
        let strings = object.filter { $0 != "\\" }.split(separator: "\"", omittingEmptySubsequences: false)
            .enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
        return stride(from: 0, to: strings.count - 1, by: 2).map {
            InstanceFacts.Attribute(name: strings[$0], value: strings[$0 + 1])
        }
    }
}
