import BerthCapacity
import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@Suite struct RefusalTests {
    @Test(arguments: [
        (3, "New SetDesiredCapacity value 3 is above max value 2 for the AutoScalingGroup."),
        (0, "New SetDesiredCapacity value 0 is below min value 1 for the AutoScalingGroup."),
    ])
    func `the desired capacity stays within its bounds`(desired: Int, message: String) throws {
        var fixture = try Fixture()
        try fixture.createGroup(min: 1, max: 2)

        expectRefusal("ValidationError", message, of: fixture) { capacity throws(Refusal) in
            try capacity.setDesired(Fixture.group, to: desired, at: .monday)
        }
    }

    @Test func `a group needs a launch template that can launch something`() throws {
        let fixture = try Fixture()
        let template = LaunchSource.template(.init(.name("nothing")))
        let cases: [(GroupSpecification, String)] = [
            (.init(name: "g", minSize: 0, maxSize: 1, launch: nil), "Valid requests must contain either"),
            (
                .init(name: "g", minSize: 0, maxSize: 1, launch: .template(.init(.name("template")))),
                "At least one Availability Zone or VPC Subnet is required."
            ),
            (
                .init(name: "g", minSize: 0, maxSize: 1, launch: template, zones: ["us-east-1a"]),
                "The specified launch template, with template name nothing, does not exist."
            ),
            (
                .init(name: "g", minSize: 2, maxSize: 1, launch: template, zones: ["us-east-1a"]),
                "Max bound, 1, must be greater than or equal to min bound, 2"
            ),
            (
                .init(name: "g", minSize: 0, maxSize: 10, desiredCapacity: 15, launch: template),
                "Desired capacity:15 must be between the specified min size:0 and max size:10"
            ),
            (
                .init(name: "g", minSize: 0, maxSize: 1, launch: template, subnets: ["subnet-1"]),
                "The subnet ID 'subnet-1' does not exist"
            ),
        ]
        for (specification, message) in cases {
            expectRefusal(nil, message, of: fixture) { capacity throws(Refusal) in
                _ = try capacity.createGroup(specification, at: .monday)
            }
        }
    }

    @Test func `groups that are missing, taken or full are refused`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(min: 1)
        let id = fixture.live[0].id
        expectRefusal("AlreadyExistsFault", "AutoScalingGroup by this name", of: fixture) { capacity throws(Refusal) in
            let again = capacity.groups[Fixture.group]?.specification
            _ = try capacity.createGroup(again ?? .init(name: "", minSize: 0, maxSize: 0, launch: nil), at: .monday)
        }
        expectRefusal("ResourceInUseFault", "You cannot delete", of: fixture) { capacity throws(Refusal) in
            try capacity.deleteGroup(Fixture.group, force: false, at: .monday)
        }
        expectRefusal(
            "ValidationError", "AutoScalingGroup name not found - AutoScalingGroup 'x' not found", of: fixture
        ) { capacity throws(Refusal) in
            try capacity.setDesired("x", to: 1, at: .monday)
        }
        expectRefusal(
            "ValidationError", "Currently, desiredSize equals minSize (1).", of: fixture
        ) { capacity throws(Refusal) in
            _ = try capacity.terminateInstance(id, decrementing: true, at: .monday)
        }
        expectRefusal("ValidationError", "Instance Id not found", of: fixture) { capacity throws(Refusal) in
            _ = try capacity.terminateInstance(InstanceID(number: 1), decrementing: false, at: .monday)
        }
    }

    @Test(arguments: ["awsprovider", "ECS", "fargate-x", "a b", "", String(repeating: "a", count: 256)])
    func `provider names are checked`(name: String) throws {
        var fixture = try Fixture()
        try fixture.createGroup()

        expectRefusal(
            "InvalidParameterException", "The specified capacity provider name is invalid", of: fixture
        ) { capacity throws(Refusal) in
            _ = try capacity.createProvider(.init(name: name, group: Fixture.group), at: .monday)
        }
    }

    @Test func `termination protection needs managed scaling and a group that protects`() throws {
        let message = "The managed termination protection setting for the capacity provider is invalid."
        for (isProtected, scaling) in [(false, ManagedScaling()), (true, .disabled)] {
            var fixture = try Fixture()
            try fixture.createGroup(isProtected: isProtected)
            expectRefusal("ClientException", message, of: fixture) { capacity throws(Refusal) in
                _ = try capacity.createProvider(
                    .init(name: "p", group: Fixture.group, managedScaling: scaling, protectsBusyInstances: true),
                    at: .monday)
            }
        }
    }

    @Test func `a provider in use, or Fargate's, cannot be deleted`() throws {
        let fixture = try Fixture.managed()
        expectRefusal("ClientException", "The specified capacity provider is in use", of: fixture) {
            capacity throws(Refusal) in _ = try capacity.deleteProvider(Fixture.provider, at: .monday)
        }
        expectRefusal("ClientException", "The capacity provider FARGATE cannot", of: fixture) {
            capacity throws(Refusal) in _ = try capacity.deleteProvider("FARGATE", at: .monday)
        }
    }

    /// Runs the request on a copy, which must refuse and stay as it was.
    private func expectRefusal(
        _ code: String?, _ message: String, of fixture: Fixture,
        request: (inout Capacity) throws(Refusal) -> Void, at location: SourceLocation = #_sourceLocation
    ) {
        var capacity = fixture.capacity
        do throws(Refusal) {
            try request(&capacity)
            Issue.record("not refused", sourceLocation: location)
        } catch {
            if let code { #expect(error.code == code, sourceLocation: location) }
            #expect(error.message.hasPrefix(message), sourceLocation: location)
            #expect(capacity == fixture.capacity, sourceLocation: location)
        }
    }
}
