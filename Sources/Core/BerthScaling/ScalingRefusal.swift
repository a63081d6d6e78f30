import BerthKernel

/// Application Auto Scaling's refusals. Texts are AWS's where reference C.4 and C.7 to C.10 have them.
extension Refusal {
    static func invalid(_ message: String) -> Refusal {
        Refusal(code: "ValidationException", message: message)
    }

    static func unsupportedTarget() -> Refusal {
        invalid("Unsupported service namespace, resource type or scalable dimension")
    }

    static func serviceDoesNotExist(_ resourceID: String) -> Refusal {
        invalid("ECS service doesn't exist: \(resourceID)")
    }

    static func boundsCrossed() -> Refusal {
        invalid("Maximum capacity cannot be less than minimum capacity")
    }

    static func boundsMissing() -> Refusal {
        invalid("Both minimum capacity and maximum capacity must be specified when registering a scalable target")
    }

    static func negativeCapacity(_ capacity: Int) -> Refusal {
        invalid("Minimum capacity cannot be less than 0; it is \(capacity)")
    }

    static func negativeCooldown(_ seconds: Int) -> Refusal {
        invalid("Cooldown cannot be less than 0; it is \(seconds)")
    }

    static func targetAlreadyTagged() -> Refusal {
        invalid(
            "The scalable target that you tried to tag already exists. To update tags on an existing scalable "
                + "target, use the TagResource API.")
    }

    static func invalidPolicyName(_ name: String) -> Refusal {
        invalid(
            "1 validation error detected: Value '\(name)' at 'policyName' failed to satisfy constraint: "
                + "Member must have length between 1 and 256, inclusive")
    }

    static func targetNotRegistered(_ key: TargetKey) -> Refusal {
        Refusal(code: "ObjectNotFoundException", message: "No scalable target registered for \(words(key))")
    }

    static func targetNotFound(_ key: TargetKey) -> Refusal {
        Refusal(code: "ObjectNotFoundException", message: "No scalable target found for \(words(key))")
    }

    static func policyNotFound(_ key: TargetKey, _ name: String) -> Refusal {
        Refusal(
            code: "ObjectNotFoundException",
            message: "No scaling policy found for \(words(key)), policy name: \(name)")
    }

    static func scheduledActionNotFound(_ key: TargetKey, _ name: String) -> Refusal {
        Refusal(
            code: "ObjectNotFoundException",
            message: "No scheduled action found for \(words(key)), scheduled action name: \(name)")
    }

    static func tooMany(_ things: String, _ limit: Int) -> Refusal {
        Refusal(
            code: "LimitExceededException", message: "A scalable target can have at most \(limit) \(things).")
    }

    private static func words(_ key: TargetKey) -> String {
        "service namespace: \(key.serviceNamespace), resource ID: \(key.resourceID), "
            + "scalable dimension: \(key.dimension)"
    }
}
