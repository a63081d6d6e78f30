import BerthKernel
import Testing

struct RandomStreamTests {
    @Test func `equal seeds and purposes give equal numbers`() {
        var (left, right) = (RandomStream(seed: 7, purpose: "a"), RandomStream(seed: 7, purpose: "a"))
        #expect((0..<1_000).allSatisfy { _ in left.next() == right.next() })
        #expect(left == right)
    }

    @Test func `another purpose or seed gives other numbers`() {
        var streams = [(7, "a"), (7, "b"), (8, "a")].map { RandomStream(seed: $0.0, purpose: $0.1) }
        var firsts: [UInt64] = []
        for index in streams.indices { firsts.append(streams[index].next()) }
        #expect(Set(firsts).count == 3)
    }

    @Test func `numbers fill their range`() {
        var stream = RandomStream(seed: 3, purpose: "range")
        let units = (0..<10_000).map { _ in stream.nextUnit() }
        #expect(units.allSatisfy { (0..<1).contains($0) })
        #expect(abs(units.reduce(0, +) / 10_000 - 0.5) < 0.02)
        let faces = (0..<10_000).map { _ in stream.nextIndex(below: 6) }
        #expect(Set(faces) == Set(0..<6))
    }
}
