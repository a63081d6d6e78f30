import BerthECS
import BerthProtocols
import BerthWorld

enum DeleteService: APIOperation {
    static let service = ServiceDescription.ecs
    static let name = "DeleteService"

    struct Input: Decodable, Sendable {
        let cluster: String?
        let service: String
        let force: Bool?
    }

    struct Output: Encodable, Sendable {
        let service: ServiceShape
    }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input), payloads: [])
        return try await context.world.read { Output(service: ServiceShape(reply, in: $0.ecs, includesTags: true)) }
    }

    private static func command(_ input: Input) throws -> DeleteServiceCommand {
        DeleteServiceCommand(cluster: input.cluster, service: input.service, force: input.force ?? false)
    }
}
