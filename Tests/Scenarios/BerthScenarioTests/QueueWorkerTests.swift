import BerthCapacity
import BerthECS
import BerthKernel
import BerthMetrics
import BerthQueues
import BerthScaling
import BerthStacks
import BerthWorld
import Foundation
import OrderedCollections
import Testing

@Suite struct QueueWorkerTests {
    @Test(arguments: [60, 1])
    func `25 messages bring everything from zero to two instances and back to zero`(pace: Int) throws {
        var simulation = try Simulation.deployed(pace: pace)
        #expect(simulation.world.stackStatus("demo") == .createComplete)
        #expect(simulation.world.status.isAtRest)

        try simulation.sendMessages(25)
        let isAtRest = simulation.run(atMost: simulation.paced(.seconds(7_200))) { $0.status.isAtRest }
        if ProcessInfo.processInfo.environment["BERTH_STORY"] != nil { tell(simulation) }

        #expect(isAtRest)
        let summary = simulation.world.summary
        #expect(summary.processed == 25)
        #expect(simulation.processed.count == 25)
        #expect(simulation.processed.values.allSatisfy { $0 == 1 })
        #expect(summary.deadLettered == 0)
        #expect(summary.killedMidJob == 0)
        #expect(summary.peakInstances == 2)
        #expect(summary.peakTasks == 3)
        #expect(simulation.story.course(\.desired).prefix(2) == [0, 3])
        #expect(simulation.story.course(\.desired).last == 0)
        #expect(simulation.story.course(\.instances).prefix(2) == [0, 2])
        #expect(simulation.story.course(\.instances).last == 0)
    }

    @Test(arguments: [60, 1])
    func `deleting the stack in the middle of the work leaves nothing`(pace: Int) throws {
        var simulation = try Simulation.deployed(pace: pace)
        try simulation.sendMessages(25)
        simulation.run(atMost: simulation.paced(.seconds(3_600))) { $0.status.services.first?.running == 3 }
        #expect(simulation.world.status.services.first?.running == 3)

        try simulation.deleteStack()
        if ProcessInfo.processInfo.environment["BERTH_STORY"] != nil { tell(simulation) }
        try expectNothingLeft(simulation.world)
    }

    @Test func `deleting a stack at rest leaves nothing`() throws {
        var simulation = try Simulation.deployed()
        try simulation.deleteStack()
        try expectNothingLeft(simulation.world)
    }

    private func expectNothingLeft(_ world: World) throws {
        #expect(world.stacks.stacks.values.map(\.status) == [.deleteComplete])
        #expect(world.queues.list() == [])
        #expect(world.metrics.alarms.isEmpty)
        #expect(world.scaling.targets.isEmpty)
        #expect(world.scaling.policies.isEmpty)
        #expect(world.ecs.clusters.values.allSatisfy { $0.status == .inactive })
        #expect(world.ecs.services.values.allSatisfy { $0.status == .inactive && $0.tasks.isEmpty })
        #expect(world.ecs.tasks.values.allSatisfy { $0.lastStatus == .stopped })
        #expect(world.ecs.instances.isEmpty)
        #expect(world.ecs.taskDefinitions.values.allSatisfy { $0.status == .inactive })
        #expect(world.capacity.instances.values.allSatisfy { $0.state == .terminated })
        #expect(world.capacity.groups.isEmpty)
        #expect(world.capacity.launchTemplates.isEmpty)
        #expect(world.capacity.providers.keys.elements == ["FARGATE", "FARGATE_SPOT"])
        #expect(world.recorded.entries.isEmpty)
    }

    private func tell(_ simulation: Simulation) {
        for line in simulation.world.decisionLines { print(line) }
        for scene in simulation.story { print(scene) }
        print(simulation.world.summary)
    }
}
