import BerthKernel
import BerthTestSupport
import BerthWorld
import Testing

@testable import BerthEngine

private enum Shape: Codable, Equatable {
    case point
    case circle(radius: Double)
    case box(UInt64, String?)
}

private struct Everything: Codable, Equatable {
    struct Nothing: Codable, Equatable {}

    var integers: [Int] = [0, 23, 24, 255, 256, -1, -24, -25, 65_536, .min, .max]
    var small: Int8 = -128
    var large = UInt64.max
    var words: [UInt64] = [0, 1, .max]
    var halves: [UInt32] = [7, .max]
    var signed: [Int64] = [.min, 0, .max]
    var doubles: [Double] = [0, -0.5, .infinity, .leastNonzeroMagnitude]
    var bytes: [UInt8] = Array(0...255)
    var empty: [UInt64] = []
    var text = "Überraschung 🚢 \u{0}"
    var noText: String?
    var flags = [true, false, nil]
    var shapes: [Shape] = [.point, .circle(radius: 1.5), .box(3, nil), .box(4, "x")]
    var nothing = Nothing()
    var names = ["a": 1, "b": 2]
    var nested = [["x"], [], ["y", "z"]]
    var instant = Instant.monday
    var duration = Duration.milliseconds(1_500)
    var task = TaskID(high: 1, low: 2)
    var last = 42
}

struct CBORCodingTests {
    @Test func `what is written reads back the same`() throws {
        let value = Everything()
        #expect(try CBORDecoder.decode(Everything.self, from: CBOREncoder.encode(value)) == value)
    }

    @Test(arguments: [
        ("f4", "00"), ("f5", "01"),
    ])
    func `booleans are not numbers`(bool: String, number: String) throws {
        #expect(throws: DecodingError.self) { try CBORDecoder.decode(Int.self, from: bytes(bool)) }
        #expect(throws: DecodingError.self) { try CBORDecoder.decode(Bool.self, from: bytes(number)) }
    }

    /// RFC 8949, appendix A, as far as this format uses it.
    @Test func `the examples of RFC 8949 mean what it says`() throws {
        let table = """
            00 0
            17 23
            1818 24
            1903e8 1000
            1a000f4240 1000000
            1b000000e8d4a51000 1000000000000
            20 -1
            3863 -100
            3903e7 -1000
            """
        for row in table.split(separator: "\n") {
            let parts = row.split(separator: " ")
            let number = try #require(Int(parts[1]))
            #expect(try CBOREncoder.encode(number) == bytes(parts[0]))
            #expect(try CBORDecoder.decode(Int.self, from: bytes(parts[0])) == number)
        }
        #expect(try CBOREncoder.encode("IETF") == bytes("6449455446"))
        #expect(try CBOREncoder.encode(1.1) == bytes("fb3ff199999999999a"))
        #expect(try CBOREncoder.encode([true, false]) == bytes("9ff5f4ff"))
        #expect(try CBOREncoder.encode(["a": 1]) == bytes("bf616101ff"))
        #expect(try CBORDecoder.decode([String].self, from: bytes("83616161626163")) == ["a", "b", "c"])
        #expect(try CBORDecoder.decode([String: Int].self, from: bytes("a26161016162 02")) == ["a": 1, "b": 2])
    }

    @Test func `numbers in an array are one block of memory`() throws {
        #expect(try CBOREncoder.encode([UInt64(1), 2]) == bytes("d847500100000000000000 0200000000000000"))
        #expect(try CBOREncoder.encode(Array(repeating: UInt64(1), count: 1_000)).count == 8_000 + 5)
    }

    @Test func `fields may be added, removed and reordered`() throws {
        struct Old: Codable { var a = 1; var gone = [["x": 1]]; var b = "b" }
        struct New: Codable { var b: String; var a: Int; var new: Int? }
        let new = try CBORDecoder.decode(New.self, from: CBOREncoder.encode(Old()))
        #expect(new.a == 1)
        #expect(new.b == "b")
        #expect(new.new == nil)
    }

    @Test func `bytes that are cut off anywhere are refused`() throws {
        let whole = try CBOREncoder.encode(Everything())
        for length in 0..<whole.count {
            #expect(throws: (any Error).self) {
                try CBORDecoder.decode(Everything.self, from: Array(whole.prefix(length)))
            }
        }
    }

    @Test(arguments: 0..<20)
    func `damaged bytes are refused or read as something else, never more`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "damage")
        let whole = try CBOREncoder.encode(Everything())
        for _ in 0..<200 {
            var damaged = whole
            damaged[random.nextIndex(below: damaged.count)] = UInt8(truncatingIfNeeded: random.next())
            _ = try? CBORDecoder.decode(Everything.self, from: damaged)
            _ = try? CBORTape((0..<40).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        }
    }

    @Test func `nesting has a bound`() {
        #expect(throws: CBORError.tooDeep) { try CBORTape(Array(repeating: 0x9f, count: 100_000)) }
    }

    @Test func `the commands of an entry come back in order, each as what it was`() throws {
        let probe = Probe()
        let writer = CBORWriter(capacity: 1)
        try CommandCoding.append(Note("a", on: probe), to: writer)
        try CommandCoding.append(Poll(probe: probe.id, messages: [.fixture()], waiter: 9), to: writer)
        try CommandCoding.append(Note("b", on: probe), to: writer)
        let commands = try CommandCoding.commands(in: writer.bytes, registry: .test)
        #expect(commands.map { type(of: $0).name } == ["test.Note", "test.Poll", "test.Note"])
        #expect((commands[1] as? Poll)?.messages == [.fixture()])
        #expect((commands[2] as? Note)?.text == "b")
    }

    private func bytes(_ hex: some StringProtocol) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue).map { UInt8($0) }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
