package import BerthKernel

// Texts: reference, queue-metrics-scaling D.1 (groups) and ECS 1.5, 7.6 (providers). Where AWS's words are
// not public the wording is ours and says so.
extension Refusal {
    private static func validation(_ message: String) -> Refusal {
        Refusal(code: "ValidationError", message: message)
    }

    static func launchTemplateNameTaken() -> Refusal {
        Refusal(
            code: "InvalidLaunchTemplateName.AlreadyExistsException",
            message: "Launch template name already in use.")
    }

    static func launchTemplateDoesNotExist(_ key: LaunchTemplateChoice.Key) -> Refusal {
        switch key {
        case .id(let id):
            Refusal(
                code: "InvalidLaunchTemplateId.NotFound",
                message: "The specified launch template, with template ID \(id), does not exist.")
        case .name(let name):
            Refusal(
                code: "InvalidLaunchTemplateName.NotFoundException",
                message: "The specified launch template, with template name \(name), does not exist.")
        }
    }

    /// Our wording behind the colon.
    static func launchTemplateUnusable(_ problem: String) -> Refusal {
        validation("You must use a valid fully-formed launch template. \(problem)")
    }

    static func groupExists(_ name: String) -> Refusal {
        Refusal(
            code: "AlreadyExistsFault",
            message: "AutoScalingGroup by this name already exists - A group with the name \(name) already exists")
    }

    /// For everything but UpdateAutoScalingGroup.
    package static func groupDoesNotExist(_ name: String) -> Refusal {
        validation("AutoScalingGroup name not found - AutoScalingGroup '\(name)' not found")
    }

    /// UpdateAutoScalingGroup words the same case differently.
    static func groupToUpdateDoesNotExist() -> Refusal {
        validation("AutoScalingGroup name not found - null")
    }

    static func groupInUse() -> Refusal {
        Refusal(
            code: "ResourceInUseFault",
            message: "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance "
                + "request(s) still in the group.")
    }

    static func launchSourceMissing() -> Refusal {
        validation(
            "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or "
                + "MixedInstancesPolicy parameter.")
    }

    static func zoneMissing() -> Refusal {
        validation("At least one Availability Zone or VPC Subnet is required.")
    }

    static func subnetDoesNotExist(_ id: String) -> Refusal {
        validation("The subnet ID '\(id)' does not exist")
    }

    static func zoneDoesNotExist(_ name: String) -> Refusal {
        validation("Invalid availability zones: [\(name)]")
    }

    static func boundsReversed(min: Int, max: Int) -> Refusal {
        validation("Max bound, \(max), must be greater than or equal to min bound, \(min)")
    }

    static func boundNegative() -> Refusal {
        validation("Sizes of an AutoScalingGroup must not be negative.")
    }

    static func desiredOutside(_ desired: Int, min: Int, max: Int) -> Refusal {
        validation("Desired capacity:\(desired) must be between the specified min size:\(min) and max size:\(max)")
    }

    static func desiredAbove(_ desired: Int, max: Int) -> Refusal {
        validation("New SetDesiredCapacity value \(desired) is above max value \(max) for the AutoScalingGroup.")
    }

    static func desiredBelow(_ desired: Int, min: Int) -> Refusal {
        validation("New SetDesiredCapacity value \(desired) is below min value \(min) for the AutoScalingGroup.")
    }

    static func decrementBelowMinimum(_ min: Int) -> Refusal {
        validation(
            "Currently, desiredSize equals minSize (\(min)). Terminating instance without replacement will violate "
                + "group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower "
                + "group's min size.")
    }

    static func instanceDoesNotExist(_ id: InstanceID) -> Refusal {
        validation("Instance Id not found - No managed instance found for instance ID: \(id)")
    }

    static func tooManyInstances(_ limit: Int) -> Refusal {
        validation("At most \(limit) instance ids may be given.")
    }

    static func providerNameInvalid() -> Refusal {
        Refusal(
            code: "InvalidParameterException",
            message: "The specified capacity provider name is invalid. Up to 255 characters are allowed, including "
                + "letters (upper and lowercase), numbers, underscores (_), and hyphens (-). The name can't be "
                + "prefixed with \"aws\", \"ecs\", or \"fargate\".")
    }

    static func providerExists(_ name: String) -> Refusal {
        Refusal(
            code: "ClientException",
            message: "A capacity provider with the specified name already exists: \(name).")
    }

    static func providerDoesNotExist() -> Refusal {
        Refusal(code: "ClientException", message: "The specified capacity provider does not exist.")
    }

    static func providerInUse() -> Refusal {
        Refusal(
            code: "ClientException",
            message: "The specified capacity provider is in use and cannot be removed.")
    }

    static func providerIsFixed(_ name: String) -> Refusal {
        Refusal(code: "ClientException", message: "The capacity provider \(name) cannot be changed or deleted.")
    }

    static func providerGroupDoesNotExist(_ group: String) -> Refusal {
        Refusal(code: "ClientException", message: "The specified Auto Scaling group \(group) does not exist.")
    }

    static func providerGroupTaken(_ group: String) -> Refusal {
        Refusal(
            code: "ClientException",
            message: "The specified Auto Scaling group \(group) is already used by a capacity provider.")
    }

    static func providerGroupHasNoRoom() -> Refusal {
        Refusal(
            code: "ClientException", message: "The Auto Scaling group must have a maximum size greater than zero.")
    }

    static func terminationProtectionInvalid() -> Refusal {
        Refusal(
            code: "ClientException",
            message: "The managed termination protection setting for the capacity provider is invalid. To enable "
                + "managed termination protection for a capacity provider, the Auto Scaling group must have instance "
                + "protection from scale in enabled.")
    }

    static func managedScalingOutside(_ field: String, _ range: ClosedRange<Int>) -> Refusal {
        Refusal(
            code: "InvalidParameterException",
            message: "The managed scaling \(field) must be between \(range.lowerBound) and \(range.upperBound).")
    }
}
