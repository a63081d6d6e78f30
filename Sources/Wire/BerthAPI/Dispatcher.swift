package import BerthKernel
package import BerthProtocols
package import HTTPTypes

/// Answers requests of the AWS API: finds the operation, calls it, writes the answer in the caller's protocol.
package struct Dispatcher: Sendable {
    private let router: WireRouter
    /// By the service's signing name and the operation's name.
    private let handlers: [String: [String: OperationHandler]]
    private let world: any WorldAccess
    private let tenancy: Tenancy
    private let endpoint: @Sendable () -> String

    package init(
        world: any WorldAccess, tenancy: Tenancy, endpoint: @escaping @Sendable () -> String,
        operations: [OperationHandler] = Operations.all
    ) {
        self.world = world
        self.tenancy = tenancy
        self.endpoint = endpoint
        router = WireRouter()
        handlers = Dictionary(grouping: operations, by: \.service.signingName).mapValues { operations in
            Dictionary(uniqueKeysWithValues: operations.map { ($0.name, $0) })
        }
    }

    /// The answer to one request, whose body is already decompressed.
    package func respond(to head: HTTPRequest, body: [UInt8], requestID: String) async -> WireResponse {
        let call: WireCall
        do {
            call = try router.route(head, body: body)
        } catch {
            return error.response(requestID: requestID)
        }
        guard let handler = handlers[call.service.signingName]?[call.operation] else {
            return call.failure(call.unknownOperation, requestID: requestID)
        }
        let context = RequestContext(
            world: world, tenancy: tenancy, endpoint: endpoint(), requestID: requestID, accessKeyID: call.accessKeyID)
        do {
            return try await handler.handle(call, context)
        } catch let error as APIError {
            return call.failure(error, requestID: requestID)
        } catch let refusal as Refusal {
            return call.failure(ErrorCatalogue.error(for: refusal, of: call.service), requestID: requestID)
        } catch {
            return call.failure(.internalFailure("\(error)"), requestID: requestID)
        }
    }
}
