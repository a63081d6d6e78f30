/// Reads `application/x-www-form-urlencoded` parameters into a tree: dots in a name go one level down.
///
/// `Tags.member.1.Key=a` becomes `{Tags: {member: {1: {Key: "a"}}}}`. Only a shape can tell a list from a
/// structure here, so that is left to ``WireDecoder``. A name without value is an empty text, which is how
/// clients send an empty list.
package enum FormParser {
    package static func parse(_ bytes: some Collection<UInt8>) throws(FormatError) -> WireValue {
        let root = Branch()
        var offset = 0
        for pair in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            defer { offset += pair.count + 1 }
            if pair.isEmpty { continue }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]),
                let value = decoded(parts.count > 1 ? parts[1] : pair[..<pair.startIndex])
            else { throw FormatError(offset: offset, reason: "Invalid percent encoding") }
            let path = name.split(separator: ".").map(String.init)
            guard path.count <= FormatLimits.depth else {
                throw FormatError(offset: offset, reason: "Nested too deeply")
            }
            root.insert(value, at: path[...])
        }
        return root.value
    }

    /// Text with `+` for a space and `%XX` for any byte; `nil` if an escape is incomplete or the bytes are no UTF-8.
    package static func decoded(_ bytes: some Collection<UInt8>) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                    return nil
                }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }

    /// A name that has a value, or names below it, or, in a malformed form, both: then the names win.
    private final class Branch {
        private var text = ""
        private var children: [(name: String, branch: Branch)] = []
        /// The position of each child: only looked into, never iterated.
        private var positions: [String: Int] = [:]

        func insert(_ value: String, at path: ArraySlice<String>) {
            guard let name = path.first else {
                text = value
                return
            }
            if let position = positions[name] {
                children[position].branch.insert(value, at: path.dropFirst())
            } else {
                let branch = Branch()
                positions[name] = children.count
                children.append((name, branch))
                branch.insert(value, at: path.dropFirst())
            }
        }

        /// A form without parameters is an empty structure, not an empty text.
        var value: WireValue {
            .map(WireMap(children.map { .init(name: $0.name, value: $0.branch.content) }))
        }

        private var content: WireValue {
            children.isEmpty ? .string(text) : value
        }
    }
}
