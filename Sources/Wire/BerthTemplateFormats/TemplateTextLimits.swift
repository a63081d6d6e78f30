/// Bounds on the shape of a text, so that reading one cannot exhaust the stack.
enum TemplateTextLimits {
    /// Objects and lists within each other.
    ///
    /// Real templates stay below 30.
    static let depth = 200
    static let tooDeep = "nested deeper than \(depth) levels"
}
