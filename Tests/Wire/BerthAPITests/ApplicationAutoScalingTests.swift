import BerthProtocols
import Testing

struct ApplicationAutoScalingTests {
    private let client = Client()
    private let key: [(String, WireValue)] = [
        ("ServiceNamespace", "ecs"), ("ResourceId", "service/default/web"),
        ("ScalableDimension", "ecs:service:DesiredCount"),
    ]

    private func call(_ operation: String, _ members: (String, WireValue)...) async throws -> WireValue {
        try await client.json(.applicationAutoScaling, operation, input(members))
    }

    private func input(_ members: [(String, WireValue)]) -> WireValue {
        .map(WireMap((key + members).map { WireMap.Entry(name: $0.0, value: $0.1) }))
    }

    private func makeService() async throws {
        _ = try await client.json(.ecs, "CreateCluster", ["clusterName": "default"])
        _ = try await client.json(
            .ecs, "RegisterTaskDefinition",
            [
                "family": "web", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256",
                "memory": "512",
                "containerDefinitions": [
                    [
                        "name": "web", "image": "web",
                        "mountPoints": [["sourceVolume": "data", "containerPath": "/data"]],
                    ]
                ],
            ])
        _ = try await client.json(
            .ecs, "CreateService",
            [
                "serviceName": "web", "taskDefinition": "web", "desiredCount": 1, "launchType": "FARGATE",
                "networkConfiguration": ["awsvpcConfiguration": ["subnets": ["subnet-1"]]],
            ])
    }

    @Test func `a target is registered, described and deregistered`() async throws {
        try await makeService()
        let registered = try await call("RegisterScalableTarget", ("MinCapacity", 1), ("MaxCapacity", 5))
        let described = try await call("DescribeScalableTargets")
        let gone = try await call("DeregisterScalableTarget")

        #expect(registered["ScalableTargetARN"] == described["ScalableTargets", 0, "ScalableTargetARN"])
        #expect(described["ScalableTargets", 0, "MaxCapacity"] == 5)
        #expect(described["ScalableTargets", 0, "SuspendedState", "ScheduledScalingSuspended"] == false)
        #expect(gone == .empty)
        #expect(try await call("DescribeScalableTargets")["ScalableTargets"] == [])
    }

    @Test func `target tracking comes with its two alarms and takes them away`() async throws {
        try await makeService()
        _ = try await call("RegisterScalableTarget", ("MinCapacity", 1), ("MaxCapacity", 5))
        let put = try await call(
            "PutScalingPolicy", ("PolicyName", "cpu"), ("PolicyType", "TargetTrackingScaling"),
            (
                "TargetTrackingScalingPolicyConfiguration",
                [
                    "TargetValue": 50,
                    "PredefinedMetricSpecification": ["PredefinedMetricType": "ECSServiceAverageCPUUtilization"],
                ]
            ))
        let described = try await call("DescribeScalingPolicies")
        let alarms = try await client.cbor(.cloudWatch, "DescribeAlarms")
        _ = try await call("DeleteScalingPolicy", ("PolicyName", "cpu"))

        #expect(put["Alarms"]?.elements?.count == 2)
        #expect(described["ScalingPolicies", 0, "PolicyARN"] == put["PolicyARN"])
        #expect(
            described["ScalingPolicies", 0, "TargetTrackingScalingPolicyConfiguration", "TargetValue"] == 50.0)
        #expect(alarms["MetricAlarms"]?.elements?.count == 2)
        #expect(try await client.cbor(.cloudWatch, "DescribeAlarms")["MetricAlarms"] == [])
    }

    @Test func `a scheduled action is kept as it was written`() async throws {
        try await makeService()
        _ = try await call("RegisterScalableTarget", ("MinCapacity", 1), ("MaxCapacity", 5))
        _ = try await call(
            "PutScheduledAction", ("ScheduledActionName", "morning"), ("Schedule", "cron(0 8 * * ? *)"),
            ("ScalableTargetAction", ["MinCapacity": 3]))
        let described = try await call("DescribeScheduledActions")
        _ = try await call("DeleteScheduledAction", ("ScheduledActionName", "morning"))

        #expect(described["ScheduledActions", 0, "Schedule"] == "cron(0 8 * * ? *)")
        #expect(described["ScheduledActions", 0, "ScalableTargetAction"] == ["MinCapacity": 3])
        #expect(try await call("DescribeScheduledActions")["ScheduledActions"] == [])
    }

    @Test func `a policy of an unregistered target is refused in AWS's words`() async throws {
        let answer = await client.jsonAnswer(
            .applicationAutoScaling, "PutScalingPolicy",
            input([
                ("PolicyName", "p"),
                (
                    "StepScalingPolicyConfiguration",
                    [
                        "AdjustmentType": "ChangeInCapacity",
                        "StepAdjustments": [["MetricIntervalLowerBound": 0, "ScalingAdjustment": 1]],
                    ]
                ),
            ]))
        let error = try JSONParser.parse(answer.bytes)

        #expect(answer.status == 400)
        #expect(error["__type"] == "ObjectNotFoundException")
        #expect(
            error["message"]
                == .string(
                    "No scalable target registered for service namespace: ecs, resource ID: service/default/web, "
                        + "scalable dimension: ecs:service:DesiredCount")
        )
    }
}
