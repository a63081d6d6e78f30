import BerthKernel
import BerthQueues
import BerthWorld
import Testing

@Suite struct LadderTests {
    @Test(arguments: zip([0, 1, 10, 11, 20, 21, 30, 31], [0, 1, 1, 2, 2, 3, 3, 4]))
    func `messages, waiting and in work, are the rung the service stands on`(messages: Int, tasks: Int) throws {
        var simulation = try Simulation.deployed(script: WorkerScript(queue: nil))
        try simulation.sendMessages(messages)
        // Some are in work: a rung must not be left because of that.
        let request = ReceiveRequest(
            queue: Simulation.queue, limit: 10, visibilityTimeout: 43_200, waitSeconds: 0, waiter: .max)
        try simulation.send(ReceiveMessages(request: request))

        simulation.run(atMost: simulation.paced(.seconds(600)))
        let rungs = simulation.story.course(\.desired)
        #expect(rungs == (tasks == 0 ? [0] : [0, tasks]))
        #expect(simulation.world.desiredCount == tasks)
        #expect(simulation.world.status.services.first?.running == tasks)
    }
}
