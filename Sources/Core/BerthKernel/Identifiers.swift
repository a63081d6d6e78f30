/// 128 random bits that name a thing, kept as numbers because a world can hold millions of them.
///
/// The tag makes the id of a task another type than the id of a container instance, at no cost.
public struct LongID<Tag>: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    public init(from stream: inout RandomStream) {
        self.init(high: stream.next(), low: stream.next())
    }

    /// The id written as 32 hexadecimal digits, as in task ARNs, or as a UUID; `nil` for any other text.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for (index, byte) in digits.enumerated() {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            if index < 16 { halves.0 = halves.0 << 4 | UInt64(digit) } else { halves.1 = halves.1 << 4 | UInt64(digit) }
        }
        self.init(high: halves.0, low: halves.1)
    }

    /// 32 lower-case hexadecimal digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 32) { text in
            for position in 0..<32 { text[position] = digit(position) }
            return 32
        }
    }

    /// The same digits in the grouping of a UUID, 8-4-4-4-12.
    public var uuid: String {
        String(unsafeUninitializedCapacity: 36) { text in
            var end = 0
            for position in 0..<32 {
                if position == 8 || position == 12 || position == 16 || position == 20 {
                    text[end] = UInt8(ascii: "-")
                    end += 1
                }
                text[end] = digit(position)
                end += 1
            }
            return end
        }
    }

    /// One of the 32 hexadecimal digits, in ASCII: every request has an id, and every message.
    private func digit(_ position: Int) -> UInt8 {
        let half = position < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (position & 15))) & 15
        return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension LongID: Codable {
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        self.init(high: try container.decode(UInt64.self), low: try container.decode(UInt64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(high)
        try container.encode(low)
    }
}

extension LongID: CustomStringConvertible {
    public var description: String { hex }
}

public enum TaskTag {}
public enum ContainerInstanceTag {}
public enum MessageTag {}
public enum RequestTag {}
public enum GenericTag {}

/// Names an ECS task: the last part of its ARN.
public typealias TaskID = LongID<TaskTag>
/// Names a container instance: the last part of its ARN.
///
/// Not the EC2 instance it runs on.
public typealias ContainerInstanceID = LongID<ContainerInstanceTag>
/// Names an SQS message, written as a UUID.
public typealias MessageID = LongID<MessageTag>
/// Any other thing whose id AWS writes as a UUID: policies, activities, stacks, attachments.
public typealias UniqueID = LongID<GenericTag>

/// Names an EC2 instance, written `i-` and 17 hexadecimal digits.
public struct InstanceID: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    public let number: UInt64

    public init(number: UInt64) {
        self.number = number
    }

    public init(from stream: inout RandomStream) {
        number = stream.next()
    }

    public init?(_ text: some StringProtocol) {
        guard text.hasPrefix("i-0"), text.utf8.count == 19, let number = UInt64(text.dropFirst(3), radix: 16) else {
            return nil
        }
        self.init(number: number)
    }

    public var description: String {
        "i-0" + hexDigits(number, 16)
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }
}

/// `number` in lower-case hexadecimal, filled with zeros to `width` digits.
public func hexDigits(_ number: UInt64, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
