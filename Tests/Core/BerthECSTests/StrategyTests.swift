import BerthKernel
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct StrategyTests {
    /// Splits that AWS has published: provider, base and weight of each item, tasks in all, tasks of each.
    static let published = """
        od 2 1, spot 0 3   | 10 | 4 6
        od 2 1, spot 0 3   | 22 | 7 15
        a 0 1, b 0 1, c 0 1| 35 | 12 12 11
        a 0 1, b 0 4       | 5  | 1 4
        a 1 0, b 0 1       | 4  | 1 3
        a 3 1, b 0 1       | 2  | 2 0
        a 0 0, b 0 1       | 3  | 0 3
        """

    @Test(arguments: published.split(separator: "\n").map(String.init))
    func `the next task goes where base and weights say`(row: String) throws {
        let columns = row.split(separator: "|").map { $0.trimming(" ") }
        let strategy = columns[0].split(separator: ",").map { item in
            let parts = item.split(separator: " ")
            return CapacityProviderStrategyItem(
                String(parts[0]), weight: Int(parts[2]) ?? 0, base: Int(parts[1]) ?? 0)
        }
        var counts: OrderedDictionary<String, Int> = [:]
        for _ in 0..<(Int(columns[1]) ?? 0) {
            let item = try #require(decideProvider(of: strategy) { counts[$0] ?? 0 })
            counts[item.provider, default: 0] += 1
        }
        #expect(strategy.map { counts[$0.provider] ?? 0 } == columns[2].split(separator: " ").compactMap { Int($0) })
    }

    @Test func `growing on continues the split instead of starting it anew`() throws {
        let strategy = [
            CapacityProviderStrategyItem("od", weight: 1, base: 2), CapacityProviderStrategyItem("spot", weight: 3),
        ]
        var counts: OrderedDictionary<String, Int> = ["od": 4, "spot": 6]
        for _ in 0..<12 {
            let item = try #require(decideProvider(of: strategy) { counts[$0] ?? 0 })
            counts[item.provider, default: 0] += 1
        }
        #expect(counts == ["od": 7, "spot": 15])
    }

    @Test func `shrinking walks back the way that growing came`() throws {
        let strategy = [
            CapacityProviderStrategyItem("a", weight: 1, base: 1), CapacityProviderStrategyItem("b", weight: 2),
        ]
        var history: [OrderedDictionary<String, Int>] = [["a": 0, "b": 0]]
        for _ in 0..<9 {
            var counts = history[history.count - 1]
            let item = try #require(decideProvider(of: strategy) { counts[$0] ?? 0 })
            counts[item.provider, default: 0] += 1
            history.append(counts)
        }
        var counts = history.removeLast()
        while let former = history.popLast() {
            let candidates = counts.filter { $0.value > 0 }.map(\.key)
            let provider = try #require(
                decideProviderToShrink(of: strategy, among: candidates) { counts[$0] ?? 0 })
            counts[provider, default: 0] -= 1
            #expect(counts == former)
        }
    }

    @Test func `a strategy is refused for what AWS refuses`() throws {
        let fargate = [
            CapacityProviderStrategyItem("cp", weight: 1), CapacityProviderStrategyItem("FARGATE", weight: 1),
        ]
        let cases: [([CapacityProviderStrategyItem], Refusal)] = [
            ([.init("other", weight: 1)], .providerNotAssociated()),
            ([.init("cp"), .init("spot")], .noWeight()),
            ([.init("cp", weight: 1_001)], .weightOutOfRange()),
            ([.init("cp", weight: 1, base: -1)], .baseOutOfRange()),
            ([.init("cp", weight: 1, base: 1), .init("spot", weight: 1, base: 1)], .severalBases()),
            ([.init("cp", weight: 1), .init("cp", weight: 1)], .strategyNamesProviderTwice()),
            (fargate, .mixedStrategy()),
        ]
        for (strategy, refusal) in cases {
            var bench = try Bench(providers: [.cp, .spot])
            _ = try bench.ecs.putCapacityProviders(
                cluster: "demo", providers: ["cp", "spot", "FARGATE"], defaultStrategy: [], at: bench.now)
            let before = bench
            #expect(throws: refusal) { try bench.service(desired: 1) { $0.strategy = strategy } }
            #expect(bench == before)
        }
    }

    @Test func `a launch type and a strategy exclude each other`() throws {
        var bench = try Bench()
        #expect(throws: Refusal.launchTypeAndStrategy()) { try bench.service(desired: 1) { $0.launchType = .ec2 } }
    }

    @Test func `the default strategy of the cluster counts when a service names neither`() throws {
        var bench = try Bench(defaultStrategy: [CapacityProviderStrategyItem("cp", weight: 1)])
        try bench.service(desired: 1) { $0.strategy = [] }
        #expect(bench.tasks.map(\.capacityProvider) == ["cp"])
    }

    @Test func `a dry provider keeps its share waiting while the other serves its own`() throws {
        var bench = try Bench(providers: [.cp, .spot])
        bench.addInstance(1, provider: "spot", cpu: 8_192, memory: 16_384)
        try bench.service(desired: 6) {
            $0.strategy = [
                CapacityProviderStrategyItem("cp", weight: 1), CapacityProviderStrategyItem("spot", weight: 1),
            ]
        }
        #expect(bench.tasks(.provisioning).map(\.capacityProvider) == ["cp", "cp", "cp"])
        #expect(bench.tasks(.pending).map(\.capacityProvider) == ["spot", "spot", "spot"])
    }
}

extension StringProtocol {
    /// The text without such characters at either end.
    fileprivate func trimming(_ character: Character) -> String {
        var text = drop { $0 == character }
        while text.last == character { text.removeLast() }
        return String(text)
    }
}
