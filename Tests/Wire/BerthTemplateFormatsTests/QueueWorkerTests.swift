import BerthKernel
import BerthTemplateFormats
import BerthTemplates
import BerthTestSupport
import Foundation
import OrderedCollections
import Testing

/// The example's templates, read and evaluated as a stack would: what the ladder says is what the issue asks for.
struct QueueWorkerTests {
    private static let templates = ["template.yml", "template-gpu-spot.yml"]

    private func template(_ name: String) throws -> Template {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let file = repository.appending(path: "Examples/QueueWorker/\(name)")
        return try Template(TemplateDocument(String(contentsOf: file, encoding: .utf8)).value)
    }

    private func scope(for template: Template) throws -> EvaluationScope {
        let identity = EvaluationScope.ResourceIdentity(
            physicalID: "id",
            attributes: [
                "Arn": "arn", "Name": "worker", "QueueName": "jobs", "LatestVersionNumber": "1",
                "CidrBlock": "10.0.0.0/16",
            ])
        return EvaluationScope(
            tenancy: .test, zones: ["us-east-1a", "us-east-1b", "us-east-1c"], stackName: "shop", stackID: "arn:shop",
            parameters: try template.parameterValues(given: [:]).mapValues(\.value), mappings: template.mappings,
            resources: template.resources.mapValues { _ in identity })
    }

    private func properties(_ logicalID: String, of name: String) throws -> ResourceProperties {
        let template = try template(name)
        let expression = try #require(template.resources[logicalID]?.properties)
        let value = try #require(try expression.evaluate(in: scope(for: template)))
        return ResourceProperties(value, of: logicalID)
    }

    @Test(arguments: templates)
    func `needs no parameters, and the service comes after its capacity`(name: String) throws {
        let template = try template(name)
        let plan = try template.plan(in: scope(for: template))
        let order = plan.graph.order
        #expect(order.count == template.resources.count)
        let chain = [
            "Vpc", "InternetRoute", "AutoScalingGroup", "CapacityProvider", "ClusterCapacityProviders", "Service",
        ]
        let places = chain.compactMap { order.firstIndex(of: $0) }
        #expect(places == places.sorted())
        #expect(places.count == chain.count)
    }

    @Test(arguments: templates)
    func `the ladder is exact and its steps begin at 1, 11, 21 and 31 messages`(name: String) throws {
        let policy = try #require(try properties("LadderPolicy", of: name).map("StepScalingPolicyConfiguration"))
        #expect(try policy.string("AdjustmentType") == "ExactCapacity")
        #expect(try policy.int("Cooldown") == 60)
        let threshold = try #require(try properties("MessagesAlarm", of: name).int("Threshold"))
        let steps = try #require(try policy.maps("StepAdjustments"))
        #expect(try steps.map { try ($0.int("MetricIntervalLowerBound") ?? 0) + threshold } == [1, 11, 21, 31])
        #expect(try steps.map { try $0.int("ScalingAdjustment") } == [1, 2, 3, 4])
    }

    @Test(arguments: templates, ["MessagesAlarm", "EmptyAlarm"])
    func `both alarms count the messages in work`(name: String, alarm: String) throws {
        let properties = try properties(alarm, of: name)
        let metrics = try #require(try properties.maps("Metrics"))
        #expect(try metrics.compactMap { try $0.string("Expression") } == ["m1 + m2"])
        #expect(
            try metrics.compactMap { try $0.map("MetricStat")?.map("Metric")?.string("MetricName") } == [
                "ApproximateNumberOfMessagesVisible", "ApproximateNumberOfMessagesNotVisible",
            ])
        #expect(try metrics.compactMap { try $0.map("MetricStat")?.int("Period") } == [60, 60])
        #expect(try properties.int("EvaluationPeriods") == 1)
    }

    @Test func `the three subnets are in three zones and do not overlap`() throws {
        let subnets = try (1...3).map { try properties("Subnet\($0)", of: "template.yml") }
        #expect(try subnets.map { try $0.string("AvailabilityZone") } == ["us-east-1a", "us-east-1b", "us-east-1c"])
        #expect(try subnets.map { try $0.string("CidrBlock") } == ["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"])
    }

    @Test func `the variant wants a GPU on Spot`() throws {
        let data = try #require(try properties("LaunchTemplate", of: "template-gpu-spot.yml").map("LaunchTemplateData"))
        #expect(try data.string("InstanceType") == "g4dn.xlarge")
        #expect(try data.map("InstanceMarketOptions")?.string("MarketType") == "spot")
        let task = try properties("TaskDefinition", of: "template-gpu-spot.yml")
        let container = try #require(try task.maps("ContainerDefinitions")?.first)
        let requirement = try #require(try container.maps("ResourceRequirements")?.first)
        #expect(try requirement.string("Type") == "GPU")
        #expect(try requirement.string("Value") == "1")
    }
}
