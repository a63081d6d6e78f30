/// A parameter as the template declares it.
package struct ParameterDefinition: Hashable, Codable, Sendable {
    package let name: String
    package let type: ParameterType
    package let defaultText: String?
    package let allowedValues: [String]?
    package let allowedPattern: String?
    package let minLength: Int?
    package let maxLength: Int?
    package let minValue: String?
    package let maxValue: String?
    /// Shown instead of CloudFormation's own words when a value breaks a constraint.
    package let constraintDescription: String?
    package let summary: String?
    /// A secret: its value is shown as `****`.
    package let isHidden: Bool
}

/// The type of a parameter: what a value must look like, and what `Ref` gives.
package struct ParameterType: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case string, number
        /// `AWS::EC2::VPC::Id` and its kin. Whether it exists is the resource's business.
        case identifier
    }

    /// As the template writes it.
    package let name: String
    package let kind: Kind
    /// Whether the text holds several values between commas.
    package let isList: Bool
    /// Whether the text is the name of a Systems Manager parameter that holds the value.
    package let isSystemParameter: Bool

    /// The type of that name, or `nil` when CloudFormation has no such type.
    package init?(_ name: String) {
        let systemPrefix = "AWS::SSM::Parameter::Value<"
        let isSystemParameter = name.hasPrefix(systemPrefix) && name.hasSuffix(">")
        let inner = isSystemParameter ? String(name.dropFirst(systemPrefix.count).dropLast()) : name
        let isGenericList = inner.hasPrefix("List<") && inner.hasSuffix(">")
        let element = isGenericList ? String(inner.dropFirst(5).dropLast()) : inner
        switch element {
        case "String" where !isGenericList || isSystemParameter, "CommaDelimitedList" where !isGenericList:
            kind = .string
        case "Number":
            kind = .number
        case "AWS::SSM::Parameter::Name" where !isGenericList:
            kind = .identifier
        case let identifier where Self.identifiers.contains(identifier):
            kind = .identifier
        default:
            return nil
        }
        self.name = name
        self.isSystemParameter = isSystemParameter
        isList = isGenericList || element == "CommaDelimitedList"
    }

    private static let identifiers = [
        "AWS::EC2::AvailabilityZone::Name", "AWS::EC2::Image::Id", "AWS::EC2::Instance::Id",
        "AWS::EC2::KeyPair::KeyName", "AWS::EC2::SecurityGroup::GroupName", "AWS::EC2::SecurityGroup::Id",
        "AWS::EC2::Subnet::Id", "AWS::EC2::VPC::Id", "AWS::EC2::Volume::Id", "AWS::Route53::HostedZone::Id",
    ]
}
