import BerthKernel
import BerthProtocols
import BerthQueues
import BerthWorld

enum GetQueueUrl: ReadOperation {
    static let service = ServiceDescription.sqs
    static let name = "GetQueueUrl"

    struct Input: Decodable, Sendable {
        let QueueName: String
        let QueueOwnerAWSAccountId: String?
    }

    struct Output: Encodable, Sendable {
        let QueueUrl: String
    }

    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output {
        let owner = input.QueueOwnerAWSAccountId ?? context.tenancy.account
        guard owner == context.tenancy.account, world.queues.exists(input.QueueName) else {
            throw Refusal.queueDoesNotExist()
        }
        return Output(QueueUrl: QueueAddress.url(of: input.QueueName, context))
    }
}
