import BerthECS
import BerthKernel
import BerthPlacement

// The members of ECS's shapes, spelled as in its model, and how they come from the core and go to it.

struct TagShape: Codable, Sendable {
    let key: String
    let value: String?

    init(_ tag: Tag) {
        key = tag.key
        value = tag.value
    }

    var tag: Tag { Tag(key: key, value: value ?? "") }
}

struct NameValueShape: Codable, Sendable {
    let name: String
    let value: String

    init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    init(_ variable: ContainerLaunch.Variable) {
        self.init(name: variable.name, value: variable.value)
    }

    var variable: ContainerLaunch.Variable { .init(name: name, value: value) }
}

struct StrategyItemShape: Codable, Sendable {
    let capacityProvider: String
    let weight: Int?
    let base: Int?

    init(_ item: CapacityProviderStrategyItem) {
        capacityProvider = item.provider
        weight = item.weight
        base = item.base
    }

    var item: CapacityProviderStrategyItem {
        CapacityProviderStrategyItem(capacityProvider, weight: weight ?? 0, base: base ?? 0)
    }
}

struct PlacementStrategyShape: Codable, Sendable {
    let type: String?
    let field: String?

    init(_ strategy: PlacementStrategy) {
        switch strategy {
        case .random: (type, field) = ("random", nil)
        case .binpack(let resource): (type, field) = ("binpack", resource.rawValue)
        case .spread(.instance): (type, field) = ("spread", "instanceId")
        case .spread(.attribute(let name)): (type, field) = ("spread", "attribute:\(name)")
        }
    }

    func strategy() throws(Refusal) -> PlacementStrategy {
        try PlacementStrategy(type: type ?? "", field: field)
    }
}

struct PlacementConstraintShape: Codable, Sendable {
    let type: String?
    let expression: String?

    init(_ constraint: PlacementConstraint) {
        switch constraint {
        case .distinctInstance: (type, expression) = ("distinctInstance", nil)
        case .memberOf(let query): (type, expression) = ("memberOf", query.text)
        }
    }

    func constraint() throws(Refusal) -> PlacementConstraint {
        try PlacementConstraint(type: type ?? "", expression: expression)
    }
}

struct NetworkConfigurationShape: Codable, Sendable {
    struct AwsVpc: Codable, Sendable {
        let subnets: [String]
        let securityGroups: [String]?
        let assignPublicIp: String?
    }

    let awsvpcConfiguration: AwsVpc?

    init(_ network: NetworkConfiguration) {
        awsvpcConfiguration = AwsVpc(
            subnets: network.subnets, securityGroups: network.securityGroups,
            assignPublicIp: network.assignsPublicIP ? "ENABLED" : "DISABLED")
    }

    var network: NetworkConfiguration? {
        awsvpcConfiguration.map {
            NetworkConfiguration(
                subnets: $0.subnets, securityGroups: $0.securityGroups ?? [],
                assignsPublicIP: $0.assignPublicIp == "ENABLED")
        }
    }
}

struct FailureShape: Encodable, Sendable {
    let arn: String?
    let reason: String
    let detail: String?

    init(_ failure: Failure) {
        arn = failure.arn
        reason = failure.reason
        detail = failure.detail
    }
}

/// Lists in ECS are cut into pages of at most a hundred; the token is the last entry of the page before.
struct ECSPage {
    let entries: [String]
    let nextToken: String?

    init(_ all: [String], after token: String?, limit: Int?, standard: Int = 100) throws(Refusal) {
        let size = limit ?? standard
        guard (1...100).contains(size) else {
            throw Refusal(code: "InvalidParameterException", message: "maxResults must be between 1 and 100.")
        }
        var start = 0
        if let token {
            guard let index = all.firstIndex(of: token) else {
                throw Refusal(code: "InvalidParameterException", message: "Invalid token.")
            }
            start = index + 1
        }
        entries = Array(all[start...].prefix(size))
        nextToken = start + size < all.count ? entries.last : nil
    }
}
