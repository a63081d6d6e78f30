import BerthCapacity
import BerthKernel
import BerthStacks
import BerthTemplates
import OrderedCollections

extension ResourceType {
    /// - AWS: CloudFormation User Guide, *AWS::EC2::LaunchTemplate*.
    static let launchTemplate = ResourceType(
        "AWS::EC2::LaunchTemplate",
        properties: [
            "LaunchTemplateName": .modelled, "LaunchTemplateData": .modelled, "TagSpecifications": .recorded,
            "VersionDescription": .recorded,
        ],
        attributes: ["LatestVersionNumber", "DefaultVersionNumber", "LaunchTemplateId"],
        create: { action, world throws(Refusal) in
            let properties = action.properties
            let data = try properties.required("LaunchTemplateData", try properties.map("LaunchTemplateData"))
            let template = try world.capacity.createLaunchTemplate(
                name: try properties.string("LaunchTemplateName") ?? action.defaultName(limit: 128),
                data: try launchTemplateData(data), at: world.now)
            return .complete(
                physicalID: template.id,
                attributes: [
                    "LatestVersionNumber": .string("\(template.versions.count)"),
                    "DefaultVersionNumber": .string("\(template.defaultVersion)"),
                    "LaunchTemplateId": .string(template.id),
                ])
        },
        delete: { id, _, world throws(Refusal) in
            guard world.capacity.launchTemplate(.id(id)) != nil else { return .done }
            _ = try world.capacity.deleteLaunchTemplate(.id(id))
            return .done
        })

    private static func launchTemplateData(_ data: ResourceProperties) throws(Refusal) -> LaunchTemplateData {
        let profile = try data.map("IamInstanceProfile")
        let arn = try profile?.string("Arn")
        let profileName = try profile?.string("Name")
        let market = try data.map("InstanceMarketOptions")
        let encoded = try data.string("UserData") ?? ""
        guard let userData = String(base64: encoded) else {
            throw data.invalid("UserData", "is not valid base64")
        }
        return LaunchTemplateData(
            instanceType: try data.string("InstanceType"), imageID: try data.string("ImageId"), userData: userData,
            isSpot: try market?.string("MarketType") == "spot",
            instanceProfile: arn ?? profileName,
            securityGroups: try data.strings("SecurityGroupIds") ?? [], keyName: try data.string("KeyName"))
    }
}
