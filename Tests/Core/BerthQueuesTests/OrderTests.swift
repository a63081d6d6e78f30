import BerthKernel
import Testing

@testable import BerthQueues

struct OrderTests {
    @Test(arguments: UInt64(1)...5)
    func `a run heap gives out what a sorted array would`(seed: UInt64) {
        var random = RandomStream(seed: seed, purpose: "test")
        var heap = RunHeap()
        var model: [RunHeap.Entry] = []
        for step in UInt64(0)..<2_000 {
            if model.isEmpty || random.nextIndex(below: 5) < 3 {
                let key = Int64(random.nextIndex(below: 4) == 0 ? random.nextIndex(below: 100) : Int(step))
                let entry = RunHeap.Entry(key: key, sequence: step, slot: 0)
                heap.insert(entry)
                model.append(entry)
                model.sort()
            } else {
                #expect(heap.first == model.removeFirst())
                heap.removeFirst()
            }
            #expect(heap.count == model.count)
        }
    }

    @Test(arguments: [0, 1, 2, 5, 8])
    func `a deadline tree knows the earliest and where it is`(count: Int) {
        var random = RandomStream(seed: UInt64(count), purpose: "test")
        var model = (0..<count).map { _ in Int64(random.nextIndex(below: 9)) }
        var tree = DeadlineTree(model)
        for _ in 0..<200 {
            #expect(tree.earliest == model.min() ?? .max)
            guard count > 0 else { return }
            #expect(tree.indexOfEarliest == model.firstIndex(of: tree.earliest))
            let index = random.nextIndex(below: count)
            model[index] = Int64(random.nextIndex(below: 9))
            tree[index] = model[index]
        }
    }

    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
    func `base64 goes both ways`(text: String) {
        let encoded = Base64Text.encode(Array(text.utf8))
        #expect(Base64Text.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: ["a", "a===", "====", "ab!=", "AAA"])
    func `what is not base64 is not decoded`(text: String) {
        #expect(Base64Text.decode(text) == nil)
    }

    @Test(arguments: ["{", "[1,]", "nul", "\"a", "1 2", "{\"a\"}", "+", "\"\\ud800\"", ""])
    func `what is not JSON is not parsed`(text: String) {
        #expect(JSONText(text) == nil)
    }

    @Test func `JSON keeps order, numbers and characters`() {
        let text = #"{"b":[1,2.50,-3e2,true,null],"a":{"ä\"\\":"\u0001x"}}"#
        #expect(JSONText(text)?.text == text)
        #expect(JSONText(#" "\ud83d\ude00" "#) == .string("😀"))
    }
}
