import BerthKernel
import BerthProtocols
import BerthTestSupport
import Foundation
import Testing

/// The example's stack, made and looked at through every API that shows a part of it.
struct QueueWorkerTests {
    private let client = Client()

    private func createStack() async throws -> Answer {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let template = try String(
            contentsOf: repository.appending(path: "Examples/QueueWorker/template.yml"), encoding: .utf8)
        let answer = await client.query(
            .cloudFormation, "CreateStack",
            [
                ("StackName", "shop"), ("TemplateBody", template), ("Capabilities.member.1", "CAPABILITY_IAM"),
                ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "orders"), ("Parameters", ""),
            ])
        await client.world.advance(by: .seconds(60))
        return answer
    }

    @Test func `the stack is complete and says where to send jobs`() async throws {
        let created = try await createStack()
        let described = await client.query(.cloudFormation, "DescribeStacks", [("StackName", "shop")])

        #expect(created.status == 200)
        #expect(
            created.element("StackId")?.hasPrefix("arn:aws:cloudformation:us-east-1:000000000000:stack/shop/") == true)
        #expect(described.element("StackStatus") == "CREATE_COMPLETE")
        #expect(described.element("OutputKey") == "QueueUrl")
        #expect(described.text.contains("<OutputValue>http://127.0.0.1:4566/000000000000/shop-jobs</OutputValue>"))
        #expect(described.text.contains("<Tags><member><Key>team</Key><Value>orders</Value></member></Tags>"))
        #expect(described.element("EnableTerminationProtection") == "false")
    }

    @Test func `resources and events name each part`() async throws {
        _ = try await createStack()
        let name = [("StackName", "shop")]
        let events = await client.query(.cloudFormation, "DescribeStackEvents", name)
        let resources = await client.query(.cloudFormation, "DescribeStackResources", name)
        let list = await client.query(.cloudFormation, "ListStackResources", name)
        let one = await client.query(
            .cloudFormation, "DescribeStackResource", name + [("LogicalResourceId", "Cluster")])
        let template = await client.query(.cloudFormation, "GetTemplate", name)
        let summary = await client.query(.cloudFormation, "GetTemplateSummary", name)

        #expect(events.element("ResourceType") == "AWS::CloudFormation::Stack")
        #expect(events.element("ResourceStatus") == "CREATE_COMPLETE")
        #expect(resources.text.contains("<LogicalResourceId>MessagesAlarm</LogicalResourceId>"))
        #expect(list.text.contains("<LogicalResourceId>MessagesAlarm</LogicalResourceId>"))
        #expect(one.element("PhysicalResourceId") == "shop")
        #expect(template.element("TemplateBody")?.hasPrefix("AWSTemplateFormatVersion: ") == true)
        #expect(summary.element("ParameterKey") == "WorkerImage")
        #expect(summary.element("Capabilities") == "<member>CAPABILITY_IAM</member>")
    }

    @Test func `the ladder is shown by Application Auto Scaling and CloudWatch`() async throws {
        _ = try await createStack()
        let targets = try await client.json(
            .applicationAutoScaling, "DescribeScalableTargets", ["ServiceNamespace": "ecs"])
        let policies = try await client.json(
            .applicationAutoScaling, "DescribeScalingPolicies", ["ServiceNamespace": "ecs", "PolicyNames": ["ladder"]])
        let alarms = try await client.cbor(.cloudWatch, "DescribeAlarms", ["AlarmNamePrefix": "shop-"])

        #expect(targets["ScalableTargets", 0, "ResourceId"] == "service/shop/worker")
        #expect(targets["ScalableTargets", 0, "MaxCapacity"] == 4)
        let steps = policies["ScalingPolicies", 0, "StepScalingPolicyConfiguration", "StepAdjustments"]
        #expect(steps?.elements?.count == 4)
        #expect(policies["ScalingPolicies", 0, "Alarms", 0, "AlarmName"] == "shop-messages")
        #expect(alarms["MetricAlarms"]?.elements?.map { $0["AlarmName"] } == ["shop-empty", "shop-messages"])
    }

    @Test func `messages bring up instances and tasks, and each API tells of it`() async throws {
        _ = try await createStack()
        let url: WireValue = "http://127.0.0.1:4566/000000000000/shop-jobs"
        for _ in 0..<15 { _ = try await client.json(.sqs, "SendMessage", ["QueueUrl": url, "MessageBody": "2"]) }
        await client.world.advance(by: .seconds(30))
        let service = try await client.json(
            .ecs, "DescribeServices", ["cluster": "shop", "services": ["worker"]])
        let activities = try await client.json(
            .applicationAutoScaling, "DescribeScalingActivities", ["ServiceNamespace": "ecs"])
        let groups = await client.query(.autoScaling, "DescribeAutoScalingGroups")
        let instances = await client.query(.autoScaling, "DescribeAutoScalingInstances")
        let groupActivities = await client.query(.autoScaling, "DescribeScalingActivities")

        #expect(service["services", 0, "desiredCount"] == 2)
        #expect(service["services", 0, "runningCount"] == 2)
        #expect(activities["ScalingActivities", 0, "Description"] == "Setting desired count to 2.")
        #expect(activities["ScalingActivities", 0, "StatusCode"] == "Successful")
        #expect(groups.element("DesiredCapacity") == "1")
        #expect(groups.element("LifecycleState") == "InService")
        #expect(instances.element("HealthStatus") == "HEALTHY")
        #expect(groupActivities.element("StatusCode") == "Successful")
        #expect(groupActivities.element("Details")?.contains("Availability Zone") == true)
    }

    @Test func `the policy and hook that ECS puts on the group are shown`() async throws {
        _ = try await createStack()
        let policies = await client.query(.autoScaling, "DescribePolicies")
        let group = try #require(policies.element("AutoScalingGroupName"))
        let hooks = await client.query(.autoScaling, "DescribeLifecycleHooks", [("AutoScalingGroupName", group)])
        let providers = try await client.json(.ecs, "DescribeCapacityProviders")

        #expect(policies.element("PolicyType") == "TargetTrackingScaling")
        #expect(policies.element("PolicyName")?.hasPrefix("ECSManagedAutoScalingPolicy-") == true)
        #expect(policies.element("TargetValue") == "100.0")
        #expect(hooks.element("LifecycleHookName") == "ecs-managed-draining-termination-hook")
        #expect(
            providers["capacityProviders"]?.elements?.map { $0["type"] } == [
                "FARGATE", "FARGATE_SPOT", "EC2_AUTOSCALING",
            ])
        #expect(providers["capacityProviders", 2, "autoScalingGroupProvider", "managedScaling", "status"] == "ENABLED")
    }

    @Test func `a group is resized, and its instances are protected and terminated`() async throws {
        _ = try await createStack()
        let group = try #require(await client.query(.autoScaling, "DescribePolicies").element("AutoScalingGroupName"))
        let name = [("AutoScalingGroupName", group)]
        let resized = await client.query(.autoScaling, "SetDesiredCapacity", name + [("DesiredCapacity", "1")])
        let tooLarge = await client.query(.autoScaling, "SetDesiredCapacity", name + [("DesiredCapacity", "9")])
        await client.world.advance(by: .seconds(10))
        let id = try #require(await client.query(.autoScaling, "DescribeAutoScalingInstances").element("InstanceId"))
        let released = await client.query(
            .autoScaling, "SetInstanceProtection",
            name + [("InstanceIds.member.1", id), ("ProtectedFromScaleIn", "false")])
        let instances = await client.query(.autoScaling, "DescribeAutoScalingInstances")
        let terminated = await client.query(
            .autoScaling, "TerminateInstanceInAutoScalingGroup",
            [("InstanceId", id), ("ShouldDecrementDesiredCapacity", "true")])
        let unknown = await client.query(
            .autoScaling, "TerminateInstanceInAutoScalingGroup",
            [("InstanceId", "i-1"), ("ShouldDecrementDesiredCapacity", "true")])

        for answer in [resized, released, terminated] { #expect(answer.status == 200) }
        #expect(tooLarge.element("Code") == "ValidationError")
        #expect(instances.element("ProtectedFromScaleIn") == "false")
        #expect(unknown.element("Message") == "Instance Id not found - No managed instance found for instance ID: i-1")
    }

    @Test func `a deleted stack is listed and found by its ARN only`() async throws {
        let arn = try #require(try await createStack().element("StackId"))
        let deleted = await client.query(
            .cloudFormation, "DeleteStack", [("StackName", "shop"), ("RetainResources", "")])
        await client.world.advance(by: .seconds(600))
        let byName = await client.query(.cloudFormation, "DescribeStacks", [("StackName", "shop")])
        let byARN = await client.query(.cloudFormation, "DescribeStacks", [("StackName", arn)])
        let list = await client.query(.cloudFormation, "ListStacks")

        #expect(deleted.status == 200)
        #expect(byName.element("Message") == "Stack with id shop does not exist")
        #expect(byARN.element("StackStatus") == "DELETE_COMPLETE")
        #expect(list.element("StackStatus") == "DELETE_COMPLETE")
    }
}
