import BerthKernel
import BerthStacks
import BerthTemplates
import BerthTestSupport
import OrderedCollections
import Testing

struct StackPropertyTests {
    /// Whatever fails and in whatever order reports arrive, what exists outside is what the stack says exists.
    @Test(arguments: UInt64(1)...60)
    func `the stack always knows what exists`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "stack test")
        var stacks = Stacks.fixture()
        let arn = try stacks.create(Self.resources(&random))
        var outside: OrderedSet<String> = []
        var pending = stacks.actions()
        var now = Instant.monday
        var isDeleted = false
        while !pending.isEmpty || !isDeleted {
            if !isDeleted, pending.isEmpty || random.nextIndex(below: 12) == 0 {
                isDeleted = true
                try stacks.delete("shop", at: now)
            } else {
                let action = pending.remove(at: random.nextIndex(below: pending.count))
                if stacks.isCurrent(action) {
                    perform(action, on: &stacks, &outside, &random, at: now)
                }
            }
            now = now + .milliseconds(7)
            pending += stacks.actions()
            let known = try #require(stacks.stack(arn)).resources.values
                .filter { $0.physicalID != nil && $0.status?.isGone == false }
            #expect(Set(known.map(\.logicalID)) == Set(outside), "BERTH_SEED=\(seed)")
        }
        let status = try #require(stacks.stack(arn)?.status)
        #expect(status == .deleteComplete || status == .deleteFailed)
        #expect(outside.isEmpty == (status == .deleteComplete))
    }

    @Test(arguments: UInt64(1)...10)
    func `small steps and one large step of time end alike`(seed: UInt64) throws {
        var random = RandomStream(seed: seed, purpose: "stack test")
        var large = Stacks.fixture()
        try large.create(Self.resources(&random))
        for action in large.actions() where random.nextIndex(below: 3) == 0 {
            large.report(action.outcome(failing: []), for: action, at: .monday + .seconds(30))
        }
        var small = large
        for hour in 1...20 {
            small.advance(to: .monday + .seconds(hour * 1_800))
        }
        large.advance(to: .monday + .seconds(36_000))
        #expect(small == large)
    }

    private func perform(
        _ action: ResourceAction, on stacks: inout Stacks, _ outside: inout OrderedSet<String>,
        _ random: inout RandomStream, at now: Instant
    ) {
        if random.nextIndex(below: 6) == 0 {
            stacks.report(.failed(reason: "Bad luck"), for: action, at: now)
            return
        }
        switch action.operation {
        case .create: outside.append(action.logicalID)
        case .delete: outside.remove(action.logicalID)
        }
        stacks.report(action.outcome(failing: []), for: action, at: now)
    }

    private static func resources(_ random: inout RandomStream) -> TemplateValue {
        var resources: OrderedDictionary<String, TemplateValue> = [:]
        for index in 0..<10 {
            let needs = (0..<index).filter { _ in random.nextIndex(below: 4) == 0 }.map { "R\($0)" }
            resources["R\(index)"] = [
                "Type": "AWS::SQS::Queue", "DependsOn": .list(needs.map { .string($0) }),
            ]
        }
        return .map(resources)
    }
}
