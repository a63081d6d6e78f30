/// A number of seconds as people say it: `850 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min`.
func spokenDuration(seconds: Double) -> String {
    switch seconds {
    case ..<0.9995: "\(Int((seconds * 1_000).rounded())) ms"
    case ..<59.95: "\(oneDecimal(seconds)) s"
    case ..<3_599.5: "\(Int(seconds.rounded()) / 60) min \(Int(seconds.rounded()) % 60) s"
    default: "\(Int((seconds / 60).rounded()) / 60) h \(Int((seconds / 60).rounded()) % 60) min"
    }
}

/// A sum of US dollars with as many digits as it takes to see it.
func dollars(_ amount: Double) -> String {
    let digits = amount >= 1 || amount == 0 ? 2 : 4
    return "$" + fixed(amount, digits)
}

func oneDecimal(_ value: Double) -> String {
    fixed(value, 1)
}

/// `value` with exactly `digits` decimals.
func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let whole = String(scaled / scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return sign + whole }
    let decimals = String(scaled % scale)
    return sign + whole + "." + String(repeating: "0", count: digits - decimals.count) + decimals
}

func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
