import BerthKernel
import BerthPlacement
import Testing

@Suite struct FilterTests {
    @Test(arguments: [(1_024, true), (1_025, false)])
    func `cpu fits to the last unit`(needed: Int, fits: Bool) {
        let outcome = PlacementRequest.fixture(needs: .init(cpu: needed)).placed(on: [.fixture(1, cpu: 1_024)])

        #expect((outcome.chosen == 0) == fits)
        #expect(outcome.closest?.reason == (fits ? nil : .cpu(needed: needed, remaining: 1_024)))
    }

    @Test(arguments: [(7_782, true), (7_783, false)])
    func `memory fits to the last MiB`(needed: Int, fits: Bool) {
        let outcome = PlacementRequest.fixture(needs: .init(memory: needed)).placed(on: [.fixture(1)])

        #expect((outcome.chosen == 0) == fits)
    }

    @Test func `two tasks of half the advertised memory do not fit an instance`() {
        let request = PlacementRequest.fixture(needs: .init(memory: 4_096))
        var instance = InstanceSnapshot.fixture(1)
        #expect(request.placed(on: [instance]).chosen == 0)

        instance.reserve(request.needs)

        #expect(request.placed(on: [instance]).closest?.reason == .memory(needed: 4_096, remaining: 3_686))
    }

    @Test func `a task that needs no cpu runs where cpu is given away twice`() {
        let outcome = PlacementRequest.fixture(needs: .init(memory: 1)).placed(on: [.fixture(1, cpu: -10)])

        #expect(outcome.chosen == 0)
    }

    @Test func `a c5.xlarge holds three awsvpc tasks`() {
        let request = PlacementRequest.fixture(needs: .init(cpu: 256, memory: 256, networkInterfaces: 1))
        var instance = InstanceSnapshot.fixture(1)
        for _ in 0..<3 {
            #expect(request.placed(on: [instance]).chosen == 0)
            instance.reserve(request.needs)
        }

        #expect(request.placed(on: [instance]).closest?.reason == .networkInterface(needed: 1, remaining: 0))
    }

    @Test func `a GPU is not shared`() {
        let request = PlacementRequest.fixture(needs: .init(gpus: 1))
        var instance = InstanceSnapshot.fixture(1, type: "g4dn.xlarge", gpus: 1)
        instance.reserve(request.needs)

        #expect(request.placed(on: [instance]).closest?.reason == .gpu(needed: 1, remaining: 0))
    }

    @Test(arguments: [(22, false), (8_080, false), (8_081, true)])
    func `a static host port is taken by tasks and by the agent`(port: Int, fits: Bool) {
        let request = PlacementRequest.fixture(needs: .init(tcpPorts: [port]))
        let outcome = request.placed(on: [.fixture(1, ports: [8_080])])

        #expect(outcome.closest?.reason == (fits ? nil : .port(port)))
    }

    @Test func `a TCP port does not take the UDP port of the same number`() {
        let request = PlacementRequest.fixture(needs: .init(udpPorts: [8_080]))

        #expect(request.placed(on: [.fixture(1, ports: [8_080])]).chosen == 0)
    }

    @Test func `a required attribute may have no value`() {
        let request = PlacementRequest.fixture(requiredAttributes: ["ecs.capability.task-eni"])
        let outcome = request.placed(on: [
            .fixture(1), .fixture(2, attributes: ["ecs.capability.task-eni": nil]),
        ])

        #expect(outcome.chosen == 1)
        #expect(outcome.verdicts.map(\.reason) == [.attribute("ecs.capability.task-eni")])
    }

    @Test func `an awsvpc task stays in the zones of its subnets`() {
        let request = PlacementRequest.fixture(zones: ["us-east-1b"])
        let outcome = request.placed(on: [.fixture(1), .fixture(2, zone: "us-east-1b", ofGroup: 9)])

        #expect(outcome.chosen == 1)
        #expect(outcome.verdicts.map(\.reason) == [.zone("us-east-1a")])
    }

    @Test func `a distinct task avoids instances with its group but not other tasks`() {
        let request = PlacementRequest.fixture(constraints: [.distinctInstance])
        let outcome = request.placed(on: [.fixture(1, ofGroup: 1), .fixture(2, total: 5)])

        #expect(outcome.chosen == 1)
        #expect(outcome.verdicts.map(\.reason) == [.distinctInstance])
    }

    @Test func `a memberOf constraint rejects what its query does not match`() throws {
        let constraint = try PlacementConstraint(type: "memberOf", expression: "attribute:ecs.instance-type =~ g4dn.*")
        let request = PlacementRequest.fixture(constraints: [constraint])
        let outcome = request.placed(on: [.fixture(1), .fixture(2, type: "g4dn.xlarge")])

        #expect(outcome.chosen == 1)
        #expect(outcome.verdicts.map(\.reason) == [.memberOf("attribute:ecs.instance-type =~ g4dn.*")])
    }

    @Test func `the closest instance got furthest and then lacks least`() {
        let request = PlacementRequest.fixture(needs: .init(cpu: 1_000), requiredAttributes: ["gpu-driver"])
        let far = InstanceSnapshot.fixture(1, cpu: 100)
        let near = InstanceSnapshot.fixture(2, cpu: 900)
        let further = InstanceSnapshot.fixture(3)

        #expect(request.placed(on: [far, near]).closest?.instance == near.id)
        #expect(request.placed(on: [far, near, further]).closest?.instance == further.id)
    }

    @Test func `nothing is closest where there is nothing`() {
        #expect(PlacementRequest.fixture().placed(on: []) == PlacementOutcome())
    }
}
