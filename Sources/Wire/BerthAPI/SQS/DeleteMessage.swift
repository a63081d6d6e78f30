import BerthProtocols
import BerthWorld

enum DeleteMessage: APIOperation {
    static let service = ServiceDescription.sqs
    static let name = "DeleteMessage"

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let ReceiptHandle: String
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> NoOutput {
        let command = DeleteMessages(queue: input.QueueUrl.name, handles: [input.ReceiptHandle])
        try await context.world.submit(command, payloads: [])[0].get()
        return NoOutput()
    }
}
