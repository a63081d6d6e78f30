import BerthProtocols
import BerthWorld

enum ChangeMessageVisibility: APIOperation {
    static let service = ServiceDescription.sqs
    static let name = "ChangeMessageVisibility"

    struct Input: Decodable, Sendable {
        let QueueUrl: QueueAddress
        let ReceiptHandle: String
        let VisibilityTimeout: Int
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> NoOutput {
        let entry = ChangeVisibilities.Entry(handle: input.ReceiptHandle, seconds: input.VisibilityTimeout)
        let command = ChangeVisibilities(queue: input.QueueUrl.name, entries: [entry])
        try await context.world.submit(command, payloads: [])[0].get()
        return NoOutput()
    }
}
