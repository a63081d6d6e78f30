import BerthKernel
import FoundationEssentials

/// Writes the XML of the query protocols.
///
/// A list is an element for each of its elements inside the member's own element; a list that the service lays
/// out flat is already several members of the same name. An empty list or structure is an empty element, a null
/// is nothing at all.
package struct XMLRenderer {
    /// What the elements of a list are called: `member`, or `item` in EC2.
    private let element: String
    /// What makes a member's name an element's: EC2's begin with a lower-case letter.
    private let rename: (String) -> String
    private var bytes: [UInt8] = []

    package init(element: String = "member", rename: @escaping (String) -> String = { $0 }) {
        self.element = element
        self.rename = rename
    }

    /// `<name xmlns="namespace">` around the members of `value`.
    package static func document(
        _ name: String, namespace: String?, _ value: WireValue, renderer: XMLRenderer = XMLRenderer()
    ) -> [UInt8] {
        var renderer = renderer
        renderer.append("<?xml version=\"1.0\"?>\n<\(name)")
        if let namespace { renderer.append(" xmlns=\"\(namespace)\"") }
        renderer.append(">")
        renderer.appendContent(value)
        renderer.append("</\(name)>")
        return renderer.bytes
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func appendElement(_ name: String, _ value: WireValue) {
        guard !value.isNull else { return }
        let start = bytes.count
        append("<\(name)>")
        let content = bytes.count
        appendContent(value)
        guard bytes.count > content else {
            bytes.removeSubrange(start...)
            append("<\(name)/>")
            return
        }
        append("</\(name)>")
    }

    private mutating func appendContent(_ value: WireValue) {
        switch value {
        case .null: break
        case .bool(let truth): append(truth ? "true" : "false")
        case .integer(let number): append(String(number))
        case .double(let number): append(number)
        case .string(let text): appendEscaped(text)
        case .blob(let blob): append(Data(blob).base64EncodedString())
        case .timestamp(let instant): append(CalendarTime(instant).iso8601WithMilliseconds)
        case .list(let elements): for value in elements { appendElement(element, value) }
        case .map(let map): for entry in map.entries { appendElement(rename(entry.name), entry.value) }
        }
    }

    private mutating func append(_ number: Double) {
        switch number {
        case .infinity: append("Infinity")
        case -.infinity: append("-Infinity")
        case _ where number.isNaN: append("NaN")
        default: append("\(number)")
        }
    }

    /// Escapes what would end the text or be changed by a reader: a bare carriage return would become a newline.
    private mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append("&amp;")
            case UInt8(ascii: "<"): append("&lt;")
            case UInt8(ascii: ">"): append("&gt;")
            case UInt8(ascii: "\""): append("&quot;")
            case 0x0D: append("&#xD;")
            default: bytes.append(byte)
            }
        }
    }
}
