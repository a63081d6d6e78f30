package import BerthTemplates
import OrderedCollections

extension Template {
    /// The capability that the template needs and the request does not acknowledge, or `nil`.
    ///
    /// CAPABILITY_NAMED_IAM, needed when the template names its IAM resources itself, includes CAPABILITY_IAM.
    package func missingCapability(given capabilities: [String]) -> String? {
        guard !capabilities.contains("CAPABILITY_NAMED_IAM") else { return nil }
        let identities = resources.values.filter { Self.identityTypes.contains($0.type) }
        guard !identities.isEmpty else { return nil }
        let isNamed = identities.contains { $0.properties.memberNames.contains(where: Self.identityNames.contains) }
        if isNamed { return "CAPABILITY_NAMED_IAM" }
        return capabilities.contains("CAPABILITY_IAM") ? nil : "CAPABILITY_IAM"
    }

    private static let identityTypes = [
        "AWS::IAM::AccessKey", "AWS::IAM::Group", "AWS::IAM::InstanceProfile", "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::UserToGroupAddition",
    ]

    private static let identityNames = [
        "GroupName", "InstanceProfileName", "ManagedPolicyName", "RoleName", "UserName",
    ]
}

extension Expression {
    fileprivate var memberNames: [String] {
        guard case .map(let members) = self else { return [] }
        return Array(members.keys)
    }
}
