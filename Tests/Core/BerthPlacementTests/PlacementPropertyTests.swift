import BerthKernel
import BerthPlacement
import Testing

@Suite struct PlacementPropertyTests {
    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `a chosen instance has room and every other has a verdict or had room too`(seed: UInt64) {
        var random = RandomStream(seed: seed, purpose: "test")
        for _ in 0..<50 {
            let instances = (0..<random.nextIndex(below: 12)).map { _ in Self.instance(&random) }
            let request = Self.request(&random)
            let outcome = place(request, on: instances, random: &random)

            let fitting = instances.indices.filter { Self.fits(request, instances[$0]) }
            #expect(outcome.verdicts.count == instances.count - fitting.count)
            if let chosen = outcome.chosen {
                #expect(fitting.contains(chosen))
                #expect(outcome.closest == nil)
            } else {
                #expect(fitting.isEmpty)
                #expect((outcome.closest == nil) == instances.isEmpty)
            }
        }
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `the order of the snapshots decides nothing`(seed: UInt64) {
        var random = RandomStream(seed: seed, purpose: "test")
        let instances = (0..<10).map { _ in Self.instance(&random) }
        let shuffled = instances.shuffled(using: &random)
        var request = Self.request(&random)
        request.strategies.removeAll { $0 == .random }

        let one = request.placed(on: instances)
        let other = request.placed(on: shuffled)

        #expect(one.chosen.map { instances[$0] } == other.chosen.map { shuffled[$0] })
        #expect(one.closest == other.closest)
    }

    private static func instance(_ random: inout RandomStream) -> InstanceSnapshot {
        .fixture(
            random.next(), zone: ["us-east-1a", "us-east-1b", "us-east-1c"][random.nextIndex(below: 3)],
            cpu: random.nextIndex(below: 4_096), memory: random.nextIndex(below: 8_192),
            ofGroup: random.nextIndex(below: 4))
    }

    private static func request(_ random: inout RandomStream) -> PlacementRequest {
        let strategies: [[PlacementStrategy]] = [
            PlacementStrategy.serviceDefault, PlacementStrategy.taskDefault, [.binpack(.cpu)],
            [.binpack(.memory), .random], [.spread(.instance), .binpack(.cpu)], [],
        ]
        return .fixture(
            needs: .init(cpu: random.nextIndex(below: 4_096), memory: random.nextIndex(below: 8_192)),
            strategies: strategies[random.nextIndex(below: strategies.count)],
            constraints: random.nextIndex(below: 2) == 0 ? [] : [.distinctInstance],
            zones: random.nextIndex(below: 2) == 0 ? nil : ["us-east-1a", "us-east-1b"])
    }

    /// The conditions said once more, without the machinery.
    private static func fits(_ request: PlacementRequest, _ instance: InstanceSnapshot) -> Bool {
        instance.remaining.cpu >= request.needs.cpu && instance.remaining.memory >= request.needs.memory
            && (request.constraints.isEmpty || instance.tasksOfGroup == 0)
            && (request.zones?.contains(instance.zone) ?? true)
    }
}
