import BerthKernel
import BerthWorld
import Testing

@Suite struct ExplanationTests {
    /// The link the service waits at, each time it is another.
    private func links(_ simulation: inout Simulation) -> [String] {
        var seen: [String] = []
        simulation.run(atMost: simulation.paced(.seconds(7_200))) { world in
            let waiting = (try? world.explain("worker"))?.first(where: \.isWaiting)?.link ?? "nothing"
            if seen.last != waiting { seen.append(waiting) }
            return world.status.services.first?.running == 3
        }
        return seen
    }

    @Test(arguments: [60, 1])
    func `what a waking service waits at moves from the metric to the task`(pace: Int) throws {
        var simulation = try Simulation.deployed(pace: pace)
        simulation.run(atMost: simulation.paced(.seconds(600)))
        try simulation.sendMessages(25)
        #expect(links(&simulation) == ["metric", "alarm", "reservation", "group", "instance", "task", "nothing"])
    }

    @Test func `a service at rest waits at nothing`() throws {
        var simulation = try Simulation.deployed()
        simulation.run(atMost: simulation.paced(.seconds(600)))
        #expect(try simulation.world.explain("worker").allSatisfy { !$0.isWaiting })
    }

    @Test func `asking changes nothing`() throws {
        var simulation = try Simulation.deployed()
        try simulation.sendMessages(5)
        simulation.run(atMost: simulation.paced(.seconds(200)))
        let before = simulation.world
        _ = try simulation.world.explain("worker")
        #expect(simulation.world == before)
    }

    @Test func `an unknown name is refused with the names there are`() throws {
        let simulation = try Simulation.deployed()
        let refusal = #expect(throws: Refusal.self) { try simulation.world.explain("wroker") }
        #expect(refusal?.message == "There is no service or task 'wroker'. Services: worker.")
    }
}
