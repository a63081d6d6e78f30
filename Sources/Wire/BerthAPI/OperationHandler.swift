import BerthKernel
package import BerthProtocols
package import BerthWorld

/// An operation with its types taken away, so that a table can hold it.
package struct OperationHandler: Sendable {
    package let service: ServiceDescription
    package let name: String
    package let fidelity: Fidelity
    package let note: String
    let handle: @Sendable (WireCall, RequestContext) async throws -> WireResponse

    private init(
        _ operation: (some APIOperation).Type,
        handle: @escaping @Sendable (WireCall, RequestContext) async throws -> WireResponse
    ) {
        service = operation.service
        name = operation.name
        fidelity = operation.fidelity
        note = operation.note
        self.handle = handle
    }

    package init<Operation: APIOperation>(_ operation: Operation.Type) {
        self.init(operation) { call, context in
            let output = try await operation.call(try call.decode(Operation.Input.self), context)
            return try Self.answer(output, to: call, context)
        }
    }

    /// The same for operations whose shapes read and write themselves where they can.
    init<Operation: APIOperation>(
        _ operation: Operation.Type
    ) where Operation.Input: PlainInput, Operation.Output: PlainOutput {
        self.init(operation) { call, context in
            guard call.wireProtocol.form == .typed, let input = Operation.Input(plain: call.input) else {
                let output = try await operation.call(try call.decode(Operation.Input.self), context)
                return try Self.answer(output, to: call, context)
            }
            let output = try await operation.call(input, context)
            return call.success(value: output.plain, requestID: context.requestID)
        }
    }

    private static func answer(
        _ output: some Encodable, to call: WireCall, _ context: RequestContext
    ) throws -> WireResponse {
        guard !(output is NoOutput) else { return call.success(value: nil, requestID: context.requestID) }
        return try call.success(output, requestID: context.requestID)
    }
}

/// An output that says nothing but that the operation succeeded.
package protocol EmptyOutput {
    init()
}

/// The output of an operation whose model has no output shape, which is not the same as an empty one.
package struct NoOutput: Encodable, Sendable, EmptyOutput {
    package init() {}
}

/// An input or output without members.
package struct EmptyShape: Codable, Sendable, EmptyOutput {
    package init() {}
}
