import BerthKernel
import BerthStacks
import BerthTemplates
import BerthTestSupport
import Foundation
import Testing

struct SnapshotTests {
    @Test func `a snapshot taken in the middle goes on like the original`() throws {
        var stacks = Stacks.fixture()
        let arn = try stacks.create([
            "Queue": ["Type": "AWS::SQS::Queue", "Properties": ["Name": ["Fn::Sub": "${Dead.Arn}-x"], "Delay": 5]],
            "Dead": ["Type": "AWS::SQS::Queue"],
        ])
        var restored = try JSONDecoder().decode(Stacks.self, from: JSONEncoder().encode(stacks))
        #expect(restored == stacks)
        stacks.performAll()
        restored.performAll()
        #expect(restored == stacks)
        #expect(restored.stack(arn)?.status == .createComplete)
    }
}
