import BerthCapacity
import BerthKernel
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// A type that is kept for its identity and attributes and decides nothing.
    ///
    /// `identity` gives the physical id and the attributes of a new resource.
    static func recorded(
        _ name: String, properties: [String], attributes: [String] = [],
        identity: @escaping @Sendable (ResourceAction, inout World) throws(Refusal) -> (String, Attributes)
    ) -> ResourceType {
        ResourceType(
            name, properties: OrderedDictionary(uniqueKeysWithValues: properties.map { ($0, .recorded) }),
            attributes: attributes,
            create: { action, world throws(Refusal) in
                let (id, attributes) = try identity(action, &world)
                let kind = name.split(separator: ":").last ?? ""
                if world.recorded.entries[id] != nil { throw action.alreadyExists("\(kind)Name", id) }
                world.recorded.add(id, .init(type: name, attributes: attributes))
                return .complete(physicalID: id, attributes: attributes)
            },
            delete: { id, _, world throws(Refusal) in
                world.recorded.remove(id)
                return .done
            })
    }

    /// A recorded EC2 resource: an id with a prefix, and the id again as its only attribute.
    private static func ec2(
        _ name: String, prefix: String, idAttribute: String?, properties: [String]
    ) -> ResourceType {
        recorded("AWS::EC2::" + name, properties: properties, attributes: idAttribute.map { [$0] } ?? []) { _, world in
            let id = world.recorded.newID(prefix)
            return (id, idAttribute.map { [$0: .string(id)] } ?? [:])
        }
    }

    /// The only recorded type that matters to a decision: instances go into the zones of a group's subnets.
    static let subnet = recorded(
        "AWS::EC2::Subnet",
        properties: [
            "AvailabilityZone", "CidrBlock", "VpcId", "MapPublicIpOnLaunch", "Tags", "AvailabilityZoneId",
            "AssignIpv6AddressOnCreation", "Ipv6CidrBlock", "EnableDns64", "PrivateDnsNameOptionsOnLaunch",
        ],
        attributes: ["AvailabilityZone", "CidrBlock", "SubnetId", "VpcId"],
        identity: { action, world throws(Refusal) in
            let id = world.recorded.newID("subnet")
            let properties = action.properties
            let zone = try properties.string("AvailabilityZone") ?? world.capacity.network.zones[0].name
            return (
                id,
                [
                    "AvailabilityZone": .string(zone),
                    "CidrBlock": .string(try properties.string("CidrBlock") ?? ""), "SubnetId": .string(id),
                    "VpcId": .string(try properties.string("VpcId") ?? ""),
                ]
            )
        })

    static let recordedTypes: [ResourceType] = [
        recorded(
            "AWS::IAM::Role",
            properties: [
                "AssumeRolePolicyDocument", "Description", "ManagedPolicyArns", "MaxSessionDuration", "Path",
                "PermissionsBoundary", "Policies", "RoleName", "Tags",
            ],
            attributes: ["Arn", "RoleId"],
            identity: { action, world throws(Refusal) in
                let name = try action.properties.string("RoleName") ?? action.defaultName(limit: 64)
                let arn = "arn:aws:iam::\(world.configuration.tenancy.account):role/\(name)"
                let id = "AROA" + world.recorded.newID("").dropFirst(1).uppercased()
                return (name, ["Arn": .string(arn), "RoleId": .string(id)])
            }),
        recorded(
            "AWS::IAM::InstanceProfile", properties: ["InstanceProfileName", "Path", "Roles"], attributes: ["Arn"],
            identity: { action, world throws(Refusal) in
                let name = try action.properties.string("InstanceProfileName") ?? action.defaultName(limit: 128)
                let arn = "arn:aws:iam::\(world.configuration.tenancy.account):instance-profile/\(name)"
                return (name, ["Arn": .string(arn)])
            }),
        recorded(
            "AWS::IAM::Policy", properties: ["Groups", "PolicyDocument", "PolicyName", "Roles", "Users"],
            attributes: ["Id"],
            identity: { action, _ throws(Refusal) in
                let name = action.defaultName(limit: 64)
                return (name, ["Id": .string(name)])
            }),
        recorded(
            "AWS::IAM::ManagedPolicy",
            properties: ["Description", "Groups", "ManagedPolicyName", "Path", "PolicyDocument", "Roles", "Users"],
            attributes: ["PolicyArn"],
            identity: { action, world throws(Refusal) in
                let name = try action.properties.string("ManagedPolicyName") ?? action.defaultName(limit: 128)
                let arn = "arn:aws:iam::\(world.configuration.tenancy.account):policy/\(name)"
                return (arn, ["PolicyArn": .string(arn)])
            }),
        recorded(
            "AWS::Logs::LogGroup",
            properties: ["LogGroupName", "RetentionInDays", "KmsKeyId", "Tags", "LogGroupClass"],
            attributes: ["Arn"],
            identity: { action, world throws(Refusal) in
                let name = try action.properties.string("LogGroupName") ?? action.defaultName(limit: 512)
                let arn = world.configuration.tenancy.arn("logs", "log-group:\(name):*")
                return (name, ["Arn": .string(arn)])
            }),
        recorded(
            "AWS::EC2::VPC",
            properties: ["CidrBlock", "EnableDnsHostnames", "EnableDnsSupport", "InstanceTenancy", "Tags"],
            attributes: ["CidrBlock", "DefaultSecurityGroup", "VpcId"],
            identity: { action, world throws(Refusal) in
                let id = world.recorded.newID("vpc")
                return (
                    id,
                    [
                        "CidrBlock": .string(try action.properties.string("CidrBlock") ?? ""),
                        "DefaultSecurityGroup": .string(world.recorded.newID("sg")), "VpcId": .string(id),
                    ]
                )
            }),
        ec2(
            "SecurityGroup", prefix: "sg", idAttribute: "GroupId",
            properties: [
                "GroupDescription", "GroupName", "SecurityGroupEgress", "SecurityGroupIngress", "Tags", "VpcId",
            ]),
        ec2("RouteTable", prefix: "rtb", idAttribute: "RouteTableId", properties: ["VpcId", "Tags"]),
        ec2("InternetGateway", prefix: "igw", idAttribute: "InternetGatewayId", properties: ["Tags"]),
        ec2(
            "VPCGatewayAttachment", prefix: "igw-attach", idAttribute: nil,
            properties: ["InternetGatewayId", "VpcId", "VpnGatewayId"]),
        ec2(
            "SubnetRouteTableAssociation", prefix: "rtbassoc", idAttribute: "Id",
            properties: ["RouteTableId", "SubnetId"]),
        ec2(
            "Route", prefix: "route", idAttribute: nil,
            properties: ["RouteTableId", "DestinationCidrBlock", "GatewayId", "NatGatewayId"]),
        recorded("AWS::CDK::Metadata", properties: ["Analytics"]) { action, _ in
            (action.defaultName(), [:])
        },
        recorded("AWS::CloudFormation::WaitConditionHandle", properties: []) { action, world in
            ("\(world.endpoint)/_berth/wait/\(action.defaultName())", [:])
        },
    ]
}
