import BerthKernel
import Testing

@testable import BerthProtocols

/// Values made at random: what is written must be read again as it was.
struct RoundTripTests {
    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `what JSON writes it reads`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "json")
        let value = WireValue.random(from: &random, depth: 4, typed: false)

        #expect(try JSONParser.parse(JSONRenderer.render(value)) == value)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `what CBOR writes it reads`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "cbor")
        let value = WireValue.random(from: &random, depth: 4, typed: true)

        #expect(try CBORParser.parse(CBORRenderer.render(value)) == value)
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `damaged bytes are refused or read, and never trap`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "damage")
        let value = WireValue.random(from: &random, depth: 4, typed: true)
        for var bytes in [JSONRenderer.render(value), CBORRenderer.render(value)] {
            for _ in 0..<3 { bytes[random.nextIndex(below: bytes.count)] = UInt8.random(in: 0...255, using: &random) }
            _ = try? JSONParser.parse(bytes)
            _ = try? CBORParser.parse(bytes)
            _ = try? FormParser.parse(bytes)
        }
    }
}

extension WireValue {
    /// Blobs and timestamps occur only where `typed`: JSON cannot tell them from text and numbers.
    fileprivate static func random(from random: inout RandomStream, depth: Int, typed: Bool) -> WireValue {
        switch random.nextIndex(below: depth > 0 ? 8 : typed ? 6 : 4) {
        case 0: .bool(random.nextIndex(below: 2) == 0)
        case 1: .integer(Int64(bitPattern: random.next()) >> Int64(random.nextIndex(below: 64)))
        case 2: .double(random.nextUnit() * 1e9 + 0.5)
        case 3: .string(text(from: &random))
        case 4 where typed: .blob((0..<random.nextIndex(below: 40)).map { UInt8($0) })
        case 5 where typed: .timestamp(.seconds(Int64(random.nextIndex(below: 2_000_000_000))))
        case 4, 6:
            .list(children(of: &random, depth: depth, typed: typed).map(\.value))
        default:
            .map(WireMap(children(of: &random, depth: depth, typed: typed)))
        }
    }

    private static func children(of random: inout RandomStream, depth: Int, typed: Bool) -> [WireMap.Entry] {
        (0..<random.nextIndex(below: 30)).map { number in
            let name = "\(number)" + text(from: &random)
            return WireMap.Entry(name: name, value: .random(from: &random, depth: depth - 1, typed: typed))
        }
    }

    private static func text(from random: inout RandomStream) -> String {
        let alphabet: [Character] = ["a", "Z", "0", "\"", "\\", "\n", "\u{1}", "ä", "€", "😀", " ", "/", "&", "<"]
        return String((0..<random.nextIndex(below: 20)).map { _ in alphabet[random.nextIndex(below: alphabet.count)] })
    }
}
