import BerthCapacity
import BerthProtocols
import BerthWorld

enum SetDesiredCapacity: WriteOperation {
    static let service = ServiceDescription.autoScaling
    static let name = "SetDesiredCapacity"
    static let note = "HonorCooldown has no effect: nothing here starts a cooldown of a group."
    typealias Output = NoOutput

    struct Input: Decodable, Sendable {
        let AutoScalingGroupName: String
        let DesiredCapacity: Int
    }

    static func command(_ input: Input, _ context: RequestContext) -> SetDesiredCapacityCommand {
        SetDesiredCapacityCommand(
            group: Capacity.groupName(input.AutoScalingGroupName), desired: input.DesiredCapacity)
    }
}
