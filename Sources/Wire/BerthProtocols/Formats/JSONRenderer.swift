import BerthKernel
import FoundationEssentials

/// Writes JSON as AWS writes it: no spaces, blobs in base64, times as seconds since the epoch.
///
/// Members that are null are left out, because AWS's clients take a null for a value.
package struct JSONRenderer {
    private var bytes: [UInt8] = []

    /// The UTF-8 text of a value.
    package static func render(_ value: WireValue) -> [UInt8] {
        var renderer = JSONRenderer()
        renderer.bytes.reserveCapacity(256)
        renderer.append(value)
        return renderer.bytes
    }

    private mutating func append(_ value: WireValue) {
        switch value {
        case .null: append("null")
        case .bool(let truth): append(truth ? "true" : "false")
        case .integer(let number): append(String(number))
        case .double(let number): append(number)
        case .string(let text): appendQuoted(text)
        case .blob(let blob): appendQuoted(Data(blob).base64EncodedString())
        case .timestamp(let instant): append(decimalSeconds(instant))
        case .list(let elements): append(elements)
        case .map(let map): append(map)
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// What is no finite number has no form in JSON; AWS's clients read these strings.
    private mutating func append(_ number: Double) {
        switch number {
        case .infinity: append("\"Infinity\"")
        case -.infinity: append("\"-Infinity\"")
        case _ where number.isNaN: append("\"NaN\"")
        default: append("\(number)")
        }
    }

    private mutating func append(_ elements: [WireValue]) {
        bytes.append(UInt8(ascii: "["))
        for (position, element) in elements.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            append(element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(_ map: WireMap) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for entry in map.entries where !entry.value.isNull {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            appendQuoted(entry.name)
            bytes.append(UInt8(ascii: ":"))
            append(entry.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Copies whole runs of bytes that need no escape: nearly always the whole text.
    private mutating func appendQuoted(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            var copied = 0
            for (position, byte) in utf8.enumerated() where Self.needsEscape(byte) {
                bytes.append(contentsOf: utf8[copied..<position])
                appendEscaped(byte)
                copied = position + 1
            }
            bytes.append(contentsOf: utf8[copied...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default: append("\\u" + hexDigits(UInt64(byte), 4))
        }
    }
}

/// Seconds since the epoch with as many decimals as are needed, without the rounding of a double: `1767571200.25`.
private func decimalSeconds(_ instant: Instant) -> String {
    let microseconds = instant.microseconds
    guard microseconds >= 0 else { return "\(instant.secondsSinceEpoch)" }
    let fraction = String(microseconds % 1_000_000)
    guard fraction != "0" else { return String(microseconds / 1_000_000) }
    let decimals = String(repeating: "0", count: 6 - fraction.count) + fraction
    let end = decimals.lastIndex { $0 != "0" } ?? decimals.startIndex
    return "\(microseconds / 1_000_000).\(decimals[...end])"
}
