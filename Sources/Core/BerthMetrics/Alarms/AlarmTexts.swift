extension Double {
    /// The number as Java writes a double, because that is what alarm reasons show: `20000.0`, `1.0E7`.
    var asJavaText: String {
        guard isFinite, self != 0, !(1e-3..<1e7).contains(magnitude) else { return "\(self)" }
        let (digits, exponent) = decimalDigits
        let fraction = digits.count > 1 ? String(digits.dropFirst()) : "0"
        return "\(self < 0 ? "-" : "")\(digits.prefix(1)).\(fraction)E\(exponent)"
    }

    /// The shortest digits that give this number, and the power of ten of the first one.
    private var decimalDigits: (digits: String, exponent: Int) {
        let parts = "\(magnitude)".split(separator: "e")
        let written = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(written[0])
        let fraction = written.count > 1 ? String(written[1]) : ""
        let all = whole + fraction
        let leadingZeros = all.prefix { $0 == "0" }.count
        let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + whole.count - 1 - leadingZeros
        var digits = all.dropFirst(leadingZeros)
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        return (String(digits), exponent)
    }
}

/// `1 datapoint`, `3 datapoints`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
