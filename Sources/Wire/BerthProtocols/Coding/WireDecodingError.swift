/// Where and why a value does not have the shape that an operation takes.
package struct WireDecodingError: Error, Hashable, Sendable {
    package enum Problem: Hashable, Sendable {
        /// A required member is absent or null.
        case missing
        /// The value is of another kind, in the words of AWS's own parser: `STRING_VALUE` for `Integer`.
        case mismatch(found: String, expected: String)
        /// A number that the member's type cannot hold.
        case outOfRange(String)
        /// Text that does not read as what the member is: a malformed time or number.
        case unreadable(String)
        /// A value that the member's own type refuses: nearly always an unknown name of an enumeration.
        case refused(String)
        /// A type that only this coder can carry was given to another one.
        case notOnTheWire
    }

    /// Member names and list positions from the outside in.
    package let path: [String]
    package let problem: Problem

    package init(path: [String], problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// The last member name of the path: what AWS's texts call the parameter.
    package var member: String {
        path.last { Int($0) == nil } ?? ""
    }
}

extension WireDecodingError: CustomStringConvertible {
    package var description: String {
        switch problem {
        case .missing: "\(path.joined(separator: ".")) is missing"
        case .mismatch(let found, let expected): "\(found) can not be converted to \(article(expected)) \(expected)"
        case .outOfRange(let number): "\(number) is out of range for \(path.joined(separator: "."))"
        case .unreadable(let text), .refused(let text):
            "\(text) is not a valid value for \(path.joined(separator: "."))"
        case .notOnTheWire: "this type can only be coded by WireEncoder and WireDecoder"
        }
    }

    private func article(_ noun: String) -> String {
        "AEIOU".contains(noun.prefix(1)) ? "an" : "a"
    }
}
