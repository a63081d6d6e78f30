/// A request taken apart, with what is needed to answer it in its own protocol.
package struct WireCall: Sendable {
    package let service: ServiceDescription
    package let operation: String
    package let input: WireValue
    package let wireProtocol: any WireProtocol
    /// From the signature, which is not verified; `nil` for an unsigned call.
    package let accessKeyID: String?

    package init(
        service: ServiceDescription, operation: String, input: WireValue, wireProtocol: any WireProtocol,
        accessKeyID: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.input = input
        self.wireProtocol = wireProtocol
        self.accessKeyID = accessKeyID
    }

    /// The input as the operation's shape, or the error AWS answers when it does not fit.
    package func decode<Input: Decodable>(_ type: Input.Type) throws(APIError) -> Input {
        do {
            return try WireDecoder(form: wireProtocol.form).decode(type, from: input)
        } catch let error as WireDecodingError {
            throw APIError(error, service: service)
        } catch let error as APIError {
            throw error
        } catch {
            throw .serialization("\(error)")
        }
    }

    /// The answer of an operation with an output shape.
    package func success(_ output: some Encodable, requestID: String) throws -> WireResponse {
        let value = try WireEncoder(form: wireProtocol.form).encode(output)
        return success(value: value, requestID: requestID)
    }

    /// The answer of an operation whose output the caller built itself, or that has no output shape (`nil`).
    package func success(value: WireValue?, requestID: String) -> WireResponse {
        wireProtocol.success(value, operation: operation, service: service, requestID: requestID)
    }

    package func failure(_ error: APIError, requestID: String) -> WireResponse {
        wireProtocol.failure(error, service: service, requestID: requestID)
    }

    /// The error for an operation that the service does not have, or that Berth does not know.
    package var unknownOperation: APIError {
        wireProtocol.unknownOperation(operation, service: service)
    }
}

extension APIError {
    /// A shape that does not fit, in AWS's words: a missing parameter has a code of its own in SQS and is a
    /// failed constraint elsewhere; a wrong type never reaches the service.
    init(_ error: WireDecodingError, service: ServiceDescription) {
        switch error.problem {
        case .missing where service == .sqs:
            self.init(
                shape: "MissingRequiredParameterException",
                message: "The request must contain the parameter \(error.member).", queryCode: "MissingParameter")
        case .missing:
            self = .failedConstraint("null", at: error.path, "Member must not be null")
        case .refused(let text):
            self = .failedConstraint("'\(text)'", at: error.path, "Member must satisfy enum value set")
        case .mismatch, .outOfRange, .unreadable, .notOnTheWire:
            self = .serialization(error.description)
        }
    }

    private static func failedConstraint(_ value: String, at path: [String], _ constraint: String) -> APIError {
        .validation(
            "1 validation error detected: Value \(value) at '\(path.joined(separator: "."))' "
                + "failed to satisfy constraint: \(constraint)")
    }
}
