import BerthKernel
import Testing

struct IdentifierTests {
    @Test func `an id is read back from its digits and from its UUID`() {
        var stream = RandomStream(seed: 1, purpose: "test")
        for _ in 0..<100 {
            let id = TaskID(from: &stream)
            #expect(TaskID(id.hex) == id)
            #expect(TaskID(id.uuid) == id)
            let instance = InstanceID(from: &stream)
            #expect(InstanceID(instance.description) == instance)
        }
    }

    @Test(arguments: ["", "0", String(repeating: "0", count: 31), String(repeating: "g", count: 32), "i-12345678"])
    func `anything else is no id`(text: String) {
        #expect(TaskID(text) == nil)
        #expect(InstanceID(text) == nil)
    }

    @Test func `small ids keep their zeros`() {
        #expect(TaskID(high: 0, low: 10).hex == "0000000000000000000000000000000a")
        #expect(TaskID(high: 0, low: 10).uuid == "00000000-0000-0000-0000-00000000000a")
        #expect(InstanceID(number: 10).description == "i-0000000000000000a")
    }

    @Test(arguments: [
        ("arn:aws:ecs:us-east-1:000000000000:task/c/1", "task/c/1"), ("arn:aws:sqs:us-east-1:1:a:b", "a:b"),
    ])
    func `an ARN ends in its resource, colons and all`(text: String, resource: String) {
        #expect(ResourceName(text)?.resource == resource)
        #expect(ResourceName(String(text.dropFirst(4))) == nil)
    }
}
