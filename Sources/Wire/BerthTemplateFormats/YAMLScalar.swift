import BerthTemplates

/// What an unquoted word of YAML 1.1 means to CloudFormation.
///
/// Dates stay text, unlike in YAML itself: `2012-10-17` is a string (reference, cloudformation.md 5.1). So do
/// numbers to the base of 60, which would turn the port mapping 22:22 into 1342.
enum YAMLScalar {
    static func value(of word: String) -> TemplateValue {
        switch word {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON": .bool(true)
        case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF": .bool(false)
        default: number(word) ?? .string(word)
        }
    }

    private static func number(_ word: String) -> TemplateValue? {
        let isNegative = word.first == "-"
        let unsigned = isNegative || word.first == "+" ? word.dropFirst() : Substring(word)
        guard let first = unsigned.first, first.isASCII, first.isNumber || first == "." else { return nil }
        let digits = unsigned.filter { $0 != "_" }
        guard let magnitude = integer(digits) ?? decimal(digits) else { return nil }
        return .number((isNegative ? "-" : "") + magnitude)
    }

    /// Decimal digits as they are; `0x1f` and the octal `0755` by their value.
    private static func integer(_ digits: String) -> String? {
        if digits.hasPrefix("0x") { return UInt64(digits.dropFirst(2), radix: 16).map { String($0) } }
        if digits.hasPrefix("0b") { return UInt64(digits.dropFirst(2), radix: 2).map { String($0) } }
        if digits.count > 1, digits.hasPrefix("0") { return UInt64(digits, radix: 8).map { String($0) } }
        return digits.allSatisfy { ("0"..."9").contains($0) } ? digits : nil
    }

    /// Digits with a point, and an exponent only behind one.
    ///
    /// Without a point, `1e3` is a word.
    private static func decimal(_ digits: String) -> String? {
        guard digits.contains("."), Double(digits) != nil else { return nil }
        return digits.hasPrefix(".") ? "0" + digits : digits
    }
}
