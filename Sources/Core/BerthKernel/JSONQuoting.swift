extension String {
    /// The string as a JSON string literal (RFC 8259), quotes included; what need not be escaped is not.
    public var jsonQuoted: String {
        var text = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20: text += "\\u" + hexDigits(UInt64(scalar.value), 4)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
