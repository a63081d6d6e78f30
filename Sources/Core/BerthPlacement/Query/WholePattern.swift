/// A regular expression that must match the whole of a value.
///
/// AWS takes Java's syntax; Swift's agrees with it on what instance queries use.
struct WholePattern {
    private let regex: Regex<AnyRegexOutput>?

    /// A pattern that cannot be compiled matches nothing.
    init(_ pattern: String) {
        regex = try? Regex(pattern)
    }

    /// Whether the pattern can be compiled.
    var isValid: Bool { regex != nil }

    func matches(_ value: String) -> Bool {
        guard let regex else { return false }
        return (try? regex.wholeMatch(in: value)) != nil
    }
}
