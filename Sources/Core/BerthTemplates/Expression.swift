package import OrderedCollections

/// A value with functions in it, as templates use them nearly everywhere.
///
/// Functions keep CloudFormation's names. The shapes of their arguments have been checked when an expression
/// exists; what they refer to has not.
package indirect enum Expression: Hashable, Codable, Sendable {
    /// Data without a function in it; never a list or map.
    case scalar(TemplateValue)
    case list([Expression])
    case map(OrderedDictionary<String, Expression>)

    case ref(String)
    case getAtt(resource: String, attribute: Expression)
    case sub(SubstitutionText, variables: OrderedDictionary<String, Expression>)
    case join(delimiter: String, Expression)
    case split(delimiter: String, Expression)
    case select(index: Expression, Expression)
    case findInMap(Expression, Expression, Expression)
    case getAZs(Expression)
    case cidr(block: Expression, count: Expression, hostBits: Expression?)
    case base64(Expression)
    case `if`(String, then: Expression, else: Expression)

    case equals(Expression, Expression)
    case and([Expression])
    case or([Expression])
    case not(Expression)
    case condition(String)
}
