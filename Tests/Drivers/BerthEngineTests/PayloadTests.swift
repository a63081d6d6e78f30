import BerthKernel
import BerthTestSupport
import BerthWorld
import Testing

@testable import BerthEngine

@Suite(.timeLimit(.minutes(1)))
struct PayloadTests {
    private let bodies: [[UInt8]] = [Array("first".utf8), [], Array("third".utf8)]

    @Test(arguments: [0, 1 << 20])
    func `bodies are found by the references the command was given`(cacheBytes: Int) async throws {
        var fixture = EngineFixture()
        fixture.configuration.payloadCacheBytes = cacheBytes
        try await fixture.run { engine in
            let references = try await engine.submit(Note("", on: Probe()), payloads: bodies)
            #expect(references.count == 3)
            #expect(try engine.payloads(references) == bodies)
        }
    }

    @Test func `bodies survive a restart as long as somebody refers to them`() async throws {
        let store = MemoryStore()
        let references = try await EngineFixture(store: store).run {
            try await $0.submit(Note("", on: Probe()), payloads: bodies)
        }
        try await EngineFixture(store: store).run { engine in
            #expect(try engine.payloads(references) == bodies)
            try await engine.submit(Emit(what: .release(Array(references.prefix(2)))))
            #expect(try engine.payload(references[2]) == bodies[2])
            try await engine.submit(Emit(what: .release([references[2]])))
            #expect(try engine.payload(references[2]) == nil)
        }
        #expect(store.segment(references[0].segment) == nil)
    }

    @Test func `references of different commands of one commit do not overlap`() async throws {
        try await EngineFixture().run { engine in
            try await withThrowingTaskGroup(of: ([PayloadRef], UInt8).self) { group in
                for number in UInt8(0)..<100 {
                    group.addTask {
                        (try await engine.submit(Note("", on: Probe()), payloads: [[number, number]]), number)
                    }
                }
                for try await (references, number) in group {
                    #expect(try engine.payload(references[0]) == [number, number])
                }
            }
        }
    }
}

struct PayloadLedgerTests {
    private func reference(_ segment: UInt64) -> PayloadRef {
        PayloadRef(segment: segment, offset: 0, length: 1)
    }

    @Test func `a segment is abandoned with its last body, and once`() {
        var ledger = PayloadLedger()
        ledger.open(3, bodies: 2)
        ledger.release([reference(3)])
        #expect(ledger.takeAbandoned() == [])
        ledger.release([reference(3)])
        #expect(ledger.takeAbandoned() == [3])
        ledger.release([reference(3), reference(99)])
        #expect(ledger.takeAbandoned() == [])
    }

    @Test func `a million segments that come and go leave nothing behind`() throws {
        var ledger = PayloadLedger()
        for segment in 1...UInt64(100_000) {
            ledger.open(segment, bodies: 1)
            if segment > 10 { ledger.release([reference(segment - 10)]) }
        }
        #expect(ledger.takeAbandoned().count == 99_990)
        #expect(try CBOREncoder.encode(ledger).count < 5_000)
        #expect(try CBORDecoder.decode(PayloadLedger.self, from: CBOREncoder.encode(ledger)) == ledger)
    }

    @Test func `the cache keeps the newest segments within its bound`() throws {
        let store = MemoryStore()
        let cache = PayloadCache(store: store, capacity: 10)
        for segment in UInt64(1)...4 { cache.keep(Array(repeating: UInt8(segment), count: 4), as: segment) }
        #expect(try (1...4).map { try cache.payload(reference($0)) } == [nil, nil, [3], [4]])
        cache.forget([4])
        #expect(try cache.payload(reference(4)) == nil)
        cache.keep(Array(repeating: 0, count: 11), as: 5)
        #expect(try cache.payload(reference(5)) == nil, "what is larger than the cache is not kept")
    }
}
