import BerthKernel
import BerthPlacement
import Testing

@Suite struct StrategyTests {
    /// Four instances in two zones: id, zone, tasks of the service, cpu and memory left, and the strategies'
    /// choices.
    static let instances: [InstanceSnapshot] = [
        .fixture(1, zone: "us-east-1a", cpu: 2_048, memory: 4_000, ofGroup: 2),
        .fixture(2, zone: "us-east-1a", cpu: 4_096, memory: 7_000, ofGroup: 0),
        .fixture(3, zone: "us-east-1b", cpu: 3_072, memory: 2_000, ofGroup: 1),
        .fixture(4, zone: "us-east-1b", cpu: 3_072, memory: 3_000, ofGroup: 0, total: 3),
    ]

    static let table = """
        spread attribute:ecs.availability-zone                        -> 3
        spread instanceId                                             -> 2
        spread host                                                   -> 2
        spread attribute:ecs.availability-zone, spread instanceId     -> 4
        spread attribute:ecs.availability-zone, binpack memory        -> 3
        binpack cpu                                                   -> 1
        binpack CPU                                                   -> 1
        binpack memory                                                -> 3
        spread attribute:rack, binpack memory                         -> 3
        spread attribute:ecs.instance-type, spread instanceId         -> 2
        """

    @Test(arguments: table.split(separator: "\n").map(String.init))
    func `strategies choose in the order they are listed`(row: String) throws {
        let parts = row.split(separator: "->").map { $0.trimming() }
        let strategies = try parts[0].split(separator: ",").map { text in
            let words = text.trimming().split(separator: " ").map(String.init)
            return try PlacementStrategy(type: words[0], field: words[1])
        }
        let outcome = PlacementRequest.fixture(strategies: strategies).placed(on: Self.instances)

        #expect(outcome.chosen.map { "\(Self.instances[$0].id.low)" } == parts[1])
    }

    @Test func `a full zone still counts its tasks`() {
        let outcome = PlacementRequest.fixture().placed(on: [
            .fixture(1, zone: "us-east-1a", cpu: 0, ofGroup: 4), .fixture(2, zone: "us-east-1a"),
            .fixture(3, zone: "us-east-1b", ofGroup: 1),
        ])

        #expect(outcome.chosen == 2)
    }

    @Test func `instances without the attribute count as one value`() throws {
        let strategy = try PlacementStrategy(type: "spread", field: "attribute:rack")
        let outcome = PlacementRequest.fixture(strategies: [strategy]).placed(on: [
            .fixture(1), .fixture(2, ofGroup: 2), .fixture(3, attributes: ["rack": "7"], ofGroup: 1),
        ])

        #expect(outcome.chosen == 2)
    }

    @Test func `a tie goes to the lowest id, wherever it stands`() {
        #expect(PlacementRequest.fixture().placed(on: [.fixture(9), .fixture(3), .fixture(5)]).chosen == 1)
    }

    @Test func `random reaches every instance and nothing else`() {
        let request = PlacementRequest.fixture(strategies: PlacementStrategy.taskDefault)
        let instances = [InstanceSnapshot.fixture(1), .fixture(2, cpu: 0), .fixture(3), .fixture(4)]
        var random = RandomStream(seed: 7, purpose: "placement")
        var seen: [Int] = []
        for _ in 0..<100 {
            let chosen = place(request, on: instances, random: &random).chosen
            if let chosen, !seen.contains(chosen) { seen.append(chosen) }
        }

        #expect(seen.sorted() == [0, 2, 3])
    }

    @Test func `no random number is drawn where there is no choice`() {
        let request = PlacementRequest.fixture(strategies: PlacementStrategy.taskDefault)
        var random = RandomStream(seed: 7, purpose: "placement")
        let before = random

        _ = place(request, on: [.fixture(1), .fixture(2, cpu: 0)], random: &random)

        #expect(random == before)
    }

    @Test(
        arguments: [
            ("spread", nil), ("spread", "zone"), ("spread", "attribute:"), ("binpack", "gpu"), ("binpack", nil),
            ("random", "cpu"), ("Spread", "host"), ("", nil),
        ] as [(String, String?)])
    func `an unknown strategy is refused`(type: String, field: String?) {
        #expect(throws: Refusal.self) { try PlacementStrategy(type: type, field: field) }
    }
}

extension StringProtocol {
    fileprivate func trimming() -> String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
