/// The account and region a world stands for, and how its resources are named.
public struct Tenancy: Hashable, Codable, Sendable {
    public let account: String
    public let region: String

    public init(account: String, region: String) {
        self.account = account
        self.region = region
    }

    /// `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`.
    public func arn(_ service: String, _ resource: String) -> String {
        "arn:aws:\(service):\(region):\(account):\(resource)"
    }
}

/// An Amazon Resource Name taken apart: `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`.
public struct ResourceName: Hashable, Sendable {
    public let service: String
    public let region: String
    public let account: String
    /// Everything behind the account, colons and slashes included.
    public let resource: String

    /// The parts of `text`, or `nil` when it is not an ARN.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn" else { return nil }
        service = String(parts[2])
        region = String(parts[3])
        account = String(parts[4])
        resource = String(parts[5])
    }
}
