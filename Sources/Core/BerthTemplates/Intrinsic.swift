/// A function that templates may call, by the key it is written as.
package enum Intrinsic: String, CaseIterable, Sendable {
    case ref = "Ref"
    case base64 = "Fn::Base64"
    case cidr = "Fn::Cidr"
    case findInMap = "Fn::FindInMap"
    case getAtt = "Fn::GetAtt"
    case getAZs = "Fn::GetAZs"
    case join = "Fn::Join"
    case select = "Fn::Select"
    case split = "Fn::Split"
    case sub = "Fn::Sub"
    case `if` = "Fn::If"
    case equals = "Fn::Equals"
    case and = "Fn::And"
    case or = "Fn::Or"
    case not = "Fn::Not"

    /// The functions AWS has and Berth does not evaluate.
    ///
    /// A template that uses one is refused by name.
    package static let unsupported = [
        "Fn::ForEach", "Fn::GetStackOutput", "Fn::ImportValue", "Fn::Length", "Fn::ToJsonString", "Fn::Transform",
    ]

    /// The functions that only the section Rules may use, which CDK writes into every template.
    package static let ofRules = [
        "Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll",
    ]

    /// Whether a member of this name makes its object a call rather than data.
    package static func isFunction(_ key: String) -> Bool {
        key == Intrinsic.ref.rawValue || key.hasPrefix("Fn::")
    }

    /// Whether AWS knows a function of this name, supported here or not.
    ///
    /// `Fn::ForEach` carries the name of its loop behind it: `Fn::ForEach::Zones`.
    package static func isKnown(_ key: String) -> Bool {
        Intrinsic(rawValue: key) != nil || isUnsupported(key) || ofRules.contains(key)
    }

    /// Whether AWS would evaluate this function and Berth refuses it.
    package static func isUnsupported(_ key: String) -> Bool {
        unsupported.contains(key) || key.hasPrefix("Fn::ForEach::")
    }
}
