package import BerthKernel

/// A refusal as a client of an AWS API sees it.
package struct APIError: Error, Hashable, Sendable {
    /// Whose fault it is: clients retry what is the receiver's and give up on what is their own.
    package enum Fault: String, Hashable, Sendable {
        case sender = "Sender"
        case receiver = "Receiver"
    }

    /// The name of the error's shape in the model: JSON's `__type`, which typed SDK exceptions are chosen by.
    package let shape: String
    /// The code of the query protocol.
    ///
    /// Services that once spoke it repeat it in `x-amzn-query-error`, and boto3 then shows this one, so it must
    /// be right where it differs: `AWS.SimpleQueueService.NonExistentQueue`.
    package let queryCode: String
    /// Left out of the answer when empty.
    package let message: String
    /// The text of the query protocol, where a service tells its older clients the same in other words.
    package let queryMessage: String
    package let status: Int
    package let fault: Fault
    /// Stands before the shape in `__type`; `nil` means the service's own.
    package let namespace: String?

    package init(
        shape: String, message: String, status: Int = 400, queryCode: String? = nil, queryMessage: String? = nil,
        fault: Fault? = nil, namespace: String? = nil
    ) {
        self.shape = shape
        self.message = message
        self.queryMessage = queryMessage ?? message
        self.status = status
        self.queryCode = queryCode ?? shape
        self.fault = fault ?? (status >= 500 ? .receiver : .sender)
        self.namespace = namespace
    }

    /// A refusal of the world, completed with what its protocol needs.
    package init(
        _ refusal: Refusal, status: Int = 400, queryCode: String? = nil, queryMessage: String? = nil
    ) {
        self.init(
            shape: refusal.code, message: refusal.message, status: status, queryCode: queryCode,
            queryMessage: queryMessage)
    }
}

extension APIError {
    /// The bytes of a request are not what its content type says.
    package static func serialization(_ message: String) -> APIError {
        APIError(
            shape: "SerializationException", message: message, queryCode: "MalformedInput",
            namespace: "com.amazon.coral.service")
    }

    /// A value breaks a constraint of the model, in the form all services share.
    package static func validation(_ message: String) -> APIError {
        APIError(
            shape: "ValidationException", message: message, queryCode: "ValidationError",
            namespace: "com.amazon.coral.validate")
    }

    /// A failure of ours: its message must not reveal more than the caller may know.
    package static func internalFailure(_ message: String) -> APIError {
        APIError(shape: "InternalFailure", message: message, status: 500)
    }
}
