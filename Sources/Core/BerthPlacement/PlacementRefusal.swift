import BerthKernel

extension Refusal {
    static func invalidStrategy(type: String, field: String?) -> Refusal {
        let text = field.map { "\(type) on \($0)" } ?? type
        return Refusal(code: "InvalidParameterException", message: "The placement strategy \(text) is not valid.")
    }

    static func invalidConstraint(type: String) -> Refusal {
        Refusal(code: "InvalidParameterException", message: "The placement constraint \(type) is not valid.")
    }

    static func invalidExpression(_ expression: String, _ problem: String) -> Refusal {
        Refusal(
            code: "InvalidParameterException",
            message: "The cluster query expression '\(expression)' is not valid: \(problem).")
    }
}
