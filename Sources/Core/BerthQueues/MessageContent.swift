package import BerthKernel

/// The rules about what a message may contain and how long it is (reference A.4).
///
/// Apart from queues, because whoever stores the bodies must apply them before a queue sees the message.
package enum MessageContent {
    /// Checks body and attributes and returns the message's size in bytes as SQS counts it.
    ///
    /// System attributes do not count. No limit is applied here: the queue's own is applied by
    /// ``Queues/send(_:to:at:inBatch:)``.
    package static func check(body: String, attributes: [MessageAttribute] = []) throws(Refusal) -> Int {
        var body = body
        let isAllowed = body.withUTF8 { allows($0) }
        return try check(bodySize: body.utf8.count, isAllowed: isAllowed, attributes: attributes)
    }

    /// The same for a body that is at hand as valid UTF-8.
    package static func check(
        body: UnsafeBufferPointer<UInt8>, attributes: [MessageAttribute] = []
    ) throws(Refusal) -> Int {
        try check(bodySize: body.count, isAllowed: allows(body), attributes: attributes)
    }

    private static func check(
        bodySize: Int, isAllowed: Bool, attributes: [MessageAttribute]
    ) throws(Refusal) -> Int {
        guard bodySize > 0 else { throw .missingParameter("MessageBody") }
        guard isAllowed else { throw .invalidMessageContents() }
        guard attributes.count <= QueueLimits.attributesPerMessage else {
            throw .tooManyMessageAttributes(attributes.count)
        }
        var size = bodySize
        for attribute in attributes {
            try check(attribute)
            size += attribute.size
        }
        return size
    }

    /// Tab, line feed, carriage return and U+0020 up, without U+FFFE and U+FFFF.
    ///
    /// Surrogates are not UTF-8 anyway.
    private static func allows(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
        // Most bodies hold nothing to look at twice, and this loop the compiler turns into vector instructions.
        var doubts: UInt8 = 0
        for byte in body { doubts |= byte < 0x20 || byte == 0xef ? 1 : 0 }
        if doubts == 0 { return true }
        var index = 0
        while index < body.count {
            let byte = body[index]
            if byte < 0x20 {
                guard byte == 0x09 || byte == 0x0a || byte == 0x0d else { return false }
            } else if byte == 0xef, index + 2 < body.count, body[index + 1] == 0xbf, body[index + 2] >= 0xbe {
                return false
            }
            index += 1
        }
        return true
    }

    private static func check(_ attribute: MessageAttribute) throws(Refusal) {
        guard isAttributeName(attribute.name) else { throw .badAttributeName(attribute.name) }
        let kind = attribute.dataType.prefix { $0 != "." }
        guard ["String", "Number", "Binary"].contains(kind),
            QueueLimits.attributeTypeLength.contains(attribute.dataType.utf8.count)
        else { throw .badAttributeType(attribute.name) }
        guard attribute.valueSize > 0 else { throw .emptyAttribute(attribute.name, type: attribute.dataType) }
        switch attribute.value {
        case .binary:
            guard kind == "Binary" else { throw .emptyAttribute(attribute.name, type: attribute.dataType) }
        case .string(let text):
            guard kind != "Binary" else { throw .emptyAttribute(attribute.name, type: attribute.dataType) }
            guard kind != "Number" || isNumber(text) else { throw .badAttributeNumber(attribute.name) }
        }
    }

    /// Letters, digits, `_`, `-` and inner dots.
    ///
    /// AWS is laxer than its documentation: letters beyond ASCII pass.
    private static func isAttributeName(_ name: String) -> Bool {
        let lowercased = name.lowercased()
        guard QueueLimits.attributeNameLength.contains(name.utf8.count), !name.hasPrefix("."), !name.hasSuffix("."),
            !lowercased.hasPrefix("aws."), !lowercased.hasPrefix("amazon.")
        else { return false }
        var previous = Unicode.Scalar(0)
        for scalar in name.unicodeScalars {
            let isDot = scalar == "."
            if isDot && previous == "." { return false }
            let isPlain = !scalar.isASCII || scalar == "_" || scalar == "-" || scalar.properties.isAlphabetic
            guard isDot || isPlain || ("0"..."9").contains(scalar) else { return false }
            previous = scalar
        }
        return true
    }

    /// At most 38 significant digits, between -10^128 and 10^126.
    private static func isNumber(_ text: String) -> Bool {
        guard let value = Double(text), value.isFinite, value >= -1e128, value <= 1e126 else { return false }
        let mantissa = text.prefix { $0 != "e" && $0 != "E" }
        let digits = mantissa.filter { ("0"..."9").contains($0) }.drop { $0 == "0" }
        return !text.lowercased().contains("x") && digits.count <= 38
    }

    /// A group or deduplication id: 1 to 128 printable ASCII characters without spaces.
    package static func checkGroupID(_ id: String, parameter: String = "MessageGroupId") throws(Refusal) {
        guard QueueLimits.groupIDLength.contains(id.utf8.count), id.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { throw .badGroupID(id, parameter: parameter) }
    }

    /// The bytes whose MD5 SQS gives for a set of message attributes; the same for system attributes.
    ///
    /// On send that is all attributes, on receive only those returned.
    package static func digestInput(of attributes: [MessageAttribute]) -> [UInt8] {
        var bytes: [UInt8] = []
        for attribute in attributes.sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }) {
            append(Array(attribute.name.utf8), to: &bytes)
            append(Array(attribute.dataType.utf8), to: &bytes)
            switch attribute.value {
            case .string(let text):
                bytes.append(1)
                append(Array(text.utf8), to: &bytes)
            case .binary(let value):
                bytes.append(2)
                append(value, to: &bytes)
            }
        }
        return bytes
    }

    private static func append(_ value: [UInt8], to bytes: inout [UInt8]) {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: value.count >> shift)) }
        bytes += value
    }
}
