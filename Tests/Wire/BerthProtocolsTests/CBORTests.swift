import BerthKernel
import Testing

@testable import BerthProtocols

struct CBORTests {
    @Test(
        arguments: [
            ([0xA0], .empty), ([0x18, 0x64], 100), ([0x39, 0x01, 0xF3], -500), ([0xF9, 0x3C, 0x00], 1.0),
            ([0xF9, 0x7C, 0x00], .double(.infinity)), ([0xFA, 0x40, 0x20, 0x00, 0x00], 2.5),
            ([0xF9, 0x00, 0x01], .double(0x1p-24)), ([0xFB, 0x40, 0x08, 0, 0, 0, 0, 0, 0], 3.0), ([0xF4], false),
            ([0xF7], .null), ([0x42, 1, 2], .blob([1, 2])), ([0x62, 0x68, 0x69], "hi"),
            ([0xBF, 0x61, 0x61, 0x9F, 0x01, 0xFF, 0xFF], ["a": [1]]), ([0x7F, 0x61, 0x68, 0x61, 0x69, 0xFF], "hi"),
            ([0xC1, 0x1A, 0x69, 0x5B, 0x01, 0x80], .timestamp(.seconds(1_767_571_840))),
            ([0xC1, 0xFB, 0x3F, 0xF8, 0, 0, 0, 0, 0, 0], .timestamp(Instant(microseconds: 1_500_000))),
        ] as [([UInt8], WireValue)])
    func `every form that clients send is read`(bytes: [UInt8], expected: WireValue) throws {
        #expect(try CBORParser.parse(bytes) == expected)
    }

    @Test func `not a number in half a float is read`() throws {
        guard case .double(let number) = try CBORParser.parse([0xF9, 0x7E, 0x00]) else {
            Issue.record("not a double")
            return
        }
        #expect(number.isNaN)
    }

    @Test(
        arguments: [
            [], [0x18], [0xA1, 0x01, 0x02], [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x62, 0x68],
            [0xBF, 0x61, 0x61], [0xC2, 0x41, 0x01], [0xF8, 0x20], [0x01, 0x02], [0xFF], [0x61, 0xFF],
            [0x5F, 0x61, 0x61, 0xFF], Array(repeating: 0x81, count: 100),
        ] as [[UInt8]])
    func `malformed bytes are refused`(bytes: [UInt8]) {
        #expect(throws: FormatError.self) { try CBORParser.parse(bytes) }
    }

    @Test func `lengths are definite, doubles long and nulls left out`() {
        let bytes = CBORRenderer.render(["a": 3.0, "n": .null, "t": .timestamp(.seconds(1))])

        #expect(
            bytes == [
                0xA2, 0x61, 0x61, 0xFB, 0x40, 0x08, 0, 0, 0, 0, 0, 0,
                0x61, 0x74, 0xC1, 0xFB, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0,
            ])
    }
}
