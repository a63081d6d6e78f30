import BerthCapacity
import BerthKernel
import BerthProtocols
import BerthWorld

enum SetInstanceProtection: WriteOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "SetInstanceProtection"
    typealias Output = EmptyShape

    struct Input: Decodable, Sendable {
        let InstanceIds: [String]
        let AutoScalingGroupName: String
        let ProtectedFromScaleIn: Bool
    }

    static func command(_ input: Input, _ context: RequestContext) throws -> SetInstanceProtectionCommand {
        SetInstanceProtectionCommand(
            group: Capacity.groupName(input.AutoScalingGroupName),
            instances: try input.InstanceIds.map { try InstanceID(managed: $0) },
            isProtected: input.ProtectedFromScaleIn)
    }
}
