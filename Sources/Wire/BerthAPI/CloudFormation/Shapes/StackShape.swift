import BerthKernel
import BerthStacks
import BerthTemplates

// The members of CloudFormation's shapes, spelled as in its model.

struct StackShape: Encodable, Sendable {
    struct ParameterShape: Encodable, Sendable {
        let ParameterKey: String
        let ParameterValue: String
        /// Of a Systems Manager parameter: what it held when the stack was made.
        let ResolvedValue: String?
    }

    struct OutputShape: Encodable, Sendable {
        let OutputKey: String
        let OutputValue: String
        let Description: String?
        let ExportName: String?
    }

    struct Drift: Encodable, Sendable {
        let StackDriftStatus = "NOT_CHECKED"
    }

    let StackId: String
    let StackName: String
    let Description: String?
    let Parameters: [ParameterShape]?
    let CreationTime: Instant
    let DeletionTime: Instant?
    let RollbackConfiguration = EmptyShape()
    let StackStatus: String
    let StackStatusReason: String?
    let DisableRollback: Bool
    let NotificationARNs: [String] = []
    let Capabilities: [String]?
    let Outputs: [OutputShape]?
    let Tags: [StackTagShape]
    let EnableTerminationProtection: Bool
    let DriftInformation = Drift()

    /// Lists without members are left out as AWS leaves them out, but tags and notification ARNs are not.
    init(_ stack: Stack) {
        StackId = stack.arn
        StackName = stack.name
        Description = stack.template.summary
        let parameters = stack.parameters.map { key, value in
            ParameterShape(
                ParameterKey: key, ParameterValue: value.isHidden ? "****" : value.text,
                ResolvedValue: value.resolvedText)
        }
        Parameters = parameters.isEmpty ? nil : parameters
        CreationTime = stack.createdAt
        DeletionTime = stack.deletedAt
        StackStatus = stack.status.rawValue
        StackStatusReason = stack.statusReason
        DisableRollback = stack.onFailure == .doNothing
        Capabilities = stack.capabilities.isEmpty ? nil : stack.capabilities
        let outputs = stack.outputs.map { output in
            OutputShape(
                OutputKey: output.key, OutputValue: output.value, Description: output.summary,
                ExportName: output.exportName)
        }
        Outputs = outputs.isEmpty ? nil : outputs
        Tags = stack.tags.map(StackTagShape.init)
        EnableTerminationProtection = stack.isProtected
    }
}

struct StackTagShape: Codable, Sendable {
    let Key: String
    let Value: String

    init(_ tag: Tag) {
        Key = tag.key
        Value = tag.value
    }

    var tag: Tag { Tag(key: Key, value: Value) }
}

/// What CloudFormation knows of a resource that it never compared with reality.
struct ResourceDriftShape: Encodable, Sendable {
    let StackResourceDriftStatus = "NOT_CHECKED"
}

extension Refusal {
    /// For every paged operation of CloudFormation.
    static var invalidStackToken: Refusal {
        .validation("The token is invalid.")
    }
}
