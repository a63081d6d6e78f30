import BerthKernel
import BerthPlacement
import BerthTestSupport
import Foundation
import OrderedCollections
import Testing

@testable import BerthECS

@Suite struct SnapshotTests {
    @Test func `a machine that was stored and read again is equal and goes on the same way`() throws {
        var bench = try Bench(providers: [.cp, .spot])
        bench.addInstance(1)
        let query = try ClusterQuery("attribute:ecs.availability-zone == us-east-1a")
        try bench.service(desired: 3) {
            $0.strategy = [.init("cp", weight: 1), .init("spot", weight: 1)]
            $0.placementConstraints = [.memberOf(query)]
        }
        bench.runAll()
        try bench.update { $0.forceNewDeployment = true }
        var restored = try JSONDecoder().decode(ECS.self, from: JSONEncoder().encode(bench.ecs))
        #expect(restored == bench.ecs)
        restored.advance(to: bench.now + .seconds(2_000))
        bench.pass(.seconds(2_000))
        _ = restored.drain()
        #expect(restored == bench.ecs)
    }
}
