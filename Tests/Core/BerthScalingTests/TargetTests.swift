import BerthKernel
import BerthTestSupport
import DequeModule
import OrderedCollections
import Testing

@testable import BerthScaling

@Suite struct TargetTests {
    @Test(arguments: [(1, 2, 4, 2), (6, 2, 4, 4), (3, 2, 4, nil)] as [(Int, Int, Int, Int?)])
    func `registering moves the service to the nearer bound`(
        running: Int, minimum: Int, maximum: Int, expected: Int?
    ) throws {
        var scaling = Scaling.fixture(running: running, maximum: 10)
        try scaling.registerTarget(
            TargetRegistration(key: .worker, minimum: minimum, maximum: maximum), at: .after(1))
        #expect(scaling.settle(at: .after(1)) == expected)
    }

    @Test func `an activity tells AWS's texts from start to end`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder())
        scaling.call(up, value: 5, at: .after(60))
        let started = try #require(scaling.activities(of: .worker).first)
        #expect(started.description == "Setting desired count to 1.")
        #expect(started.cause == "monitor alarm deep in state ALARM triggered policy up")
        #expect(started.status == .inProgress)
        scaling.run(0, desired: 1, at: .after(61))
        scaling.run(1, at: .after(90))
        let ended = try #require(scaling.activities(of: .worker).first)
        #expect(ended.status == .successful)
        #expect(ended.endedAt == .after(90))
        #expect(
            ended.statusMessage
                == "Successfully set desired count to 1. Change successfully fulfilled by ecs.")
        #expect(
            scaling.outbox.contains(
                .fulfilled(
                    resourceID: "service/c/worker", count: 1,
                    message: "Message: Successfully set desired count to 1. Change successfully fulfilled by ecs. "
                        + "Cause: monitor alarm deep in state ALARM triggered policy up")))
    }

    @Test func `a manual change overrides the activity under way`() throws {
        var scaling = Scaling.fixture()
        let up = try scaling.put("up", .ladder())
        scaling.call(up, value: 25, at: .after(60))
        scaling.run(0, desired: 3, at: .after(61))
        scaling.run(0, desired: 1, at: .after(62))
        #expect(scaling.activities(of: .worker).first?.status == .overridden)
    }

    @Test(arguments: [
        (
            TargetRegistration(key: TargetKey(resourceID: "service/c/gone"), minimum: 0, maximum: 1),
            "ECS service doesn't exist: service/c/gone"
        ),
        (
            TargetRegistration(key: .worker, minimum: 5, maximum: 1),
            "Maximum capacity cannot be less than minimum capacity"
        ),
        (
            TargetRegistration(
                key: TargetKey(serviceNamespace: "dynamodb", resourceID: "table/x"), minimum: 1, maximum: 1),
            "Unsupported service namespace, resource type or scalable dimension"
        ),
    ])
    func `a bad registration is refused and changes nothing`(registration: TargetRegistration, message: String) {
        var scaling = Scaling.fixture()
        let before = scaling
        #expect(throws: Refusal(code: "ValidationException", message: message)) {
            try scaling.registerTarget(registration, at: .after(1))
        }
        #expect(scaling == before)
    }

    @Test func `deregistering takes policies, their alarms and schedules along`() throws {
        var scaling = Scaling.fixture()
        let reply = try scaling.track(
            "cpu",
            TargetTracking(target: 70, metric: .predefined("ECSServiceAverageCPUUtilization", resourceLabel: nil)))
        _ = scaling.drain()
        try scaling.deregisterTarget(.worker, at: .after(1))
        #expect(scaling.drain() == reply.alarms.map { .alarmUnwanted($0.name) })
        #expect(scaling.policies.isEmpty)
        #expect(throws: Refusal.self) { try scaling.deregisterTarget(.worker, at: .after(2)) }
    }
}
