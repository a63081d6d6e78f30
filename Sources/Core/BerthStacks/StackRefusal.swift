package import BerthKernel
import BerthTemplates

// CloudFormation's words for what it will not do with stacks (reference, cloudformation.md 9).

extension Refusal {
    /// For DescribeStacks and its kin.
    ///
    /// SAM reads exactly this text.
    package static func stackWithIDDoesNotExist(_ name: String) -> Refusal {
        .validation("Stack with id \(name) does not exist")
    }

    /// For DescribeStackEvents, UpdateStack and change sets.
    package static func stackDoesNotExist(_ name: String) -> Refusal {
        .validation("Stack [\(name)] does not exist")
    }

    /// For a logical id that the template does not have or that has not been begun.
    package static func stackResourceDoesNotExist(_ logicalID: String, stack: String) -> Refusal {
        .validation("Resource \(logicalID) does not exist for stack \(stack)")
    }

    static func stackAlreadyExists(_ name: String) -> Refusal {
        Refusal(code: "AlreadyExistsException", message: "Stack [\(name)] already exists")
    }

    static func stackNameInvalid(_ name: String) -> Refusal {
        .validation(
            "1 validation error detected: Value '\(name)' at 'stackName' failed to satisfy constraint: Member must "
                + "satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*")
    }

    static func stackNameTooLong(_ name: String) -> Refusal {
        .validation(
            "1 validation error detected: Value '\(name)' at 'stackName' failed to satisfy constraint: Member must "
                + "have length less than or equal to \(StackLimits.nameLength)")
    }

    static func templateTooLong(_ text: String, limit: Int) -> Refusal {
        .validation(
            "1 validation error detected: Value '\(text.prefix(100))…' at 'templateBody' failed to satisfy "
                + "constraint: Member must have length less than or equal to \(limit)")
    }

    static func tooManyStacks() -> Refusal {
        Refusal(
            code: "LimitExceededException", message: "Limit for stack has been exceeded, limit: \(StackLimits.stacks)")
    }

    static func tooManyTags() -> Refusal {
        .validation("Number of tags exceeds the limit of \(StackLimits.tags)")
    }

    static func unrecognizedTypes(_ types: [String]) -> Refusal {
        .templateFormat("Unrecognized resource types: [\(types.joined(separator: ", "))]")
    }

    static func attributeUnknown(resource: String, attribute: String) -> Refusal {
        .templateFunction("resource \(resource) does not support attribute type \(attribute) in Fn::GetAtt")
    }

    static func capabilityNeeded(_ capability: String) -> Refusal {
        Refusal(code: "InsufficientCapabilitiesException", message: "Requires capabilities : [\(capability)]")
    }

    static func stackProtected(_ name: String) -> Refusal {
        .validation("Stack [\(name)] cannot be deleted while TerminationProtection is enabled")
    }

    static func retainNeedsFailedDelete(_ name: String) -> Refusal {
        .validation(
            "Invalid operation on stack [\(name)]: RetainResources can only be used when the stack is in the "
                + "DELETE_FAILED state")
    }
}
