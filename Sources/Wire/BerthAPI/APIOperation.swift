package import BerthKernel
package import BerthProtocols
package import BerthWorld

/// One operation of an AWS API: what comes in, what it asks of the world, what goes out.
///
/// An operation holds no rule of its own. Defaults, limits and state checks belong to the core, where
/// CloudFormation, the CLI and the simulator meet the same ones; here a shape becomes a command, and a
/// reply becomes a shape.
package protocol APIOperation: Sendable {
    associatedtype Input: Decodable & Sendable
    associatedtype Output: Encodable & Sendable

    static var service: ServiceDescription { get }
    /// As the service's model spells it: `SendMessage`.
    static var name: String { get }
    /// What Berth does with it, for the fidelity table.
    static var fidelity: Fidelity { get }
    /// What the fidelity table says beside the mark; empty when there is nothing to add.
    static var note: String { get }

    static func call(_ input: Input, _ context: RequestContext) async throws -> Output
}

extension APIOperation {
    package static var fidelity: Fidelity { .modelled }
    package static var note: String { "" }
}

/// An operation that changes the world: two pure functions around one command.
package protocol WriteOperation: APIOperation {
    associatedtype Request: Command

    static func command(_ input: Input, _ context: RequestContext) throws -> Request
    static func output(_ reply: Request.Reply, _ input: Input, _ context: RequestContext) throws -> Output
}

extension WriteOperation {
    package static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        let reply = try await context.world.submit(try command(input, context), payloads: [])
        return try output(reply, input, context)
    }
}

extension WriteOperation where Request.Reply == Void, Output: EmptyOutput {
    package static func output(_ reply: Void, _ input: Input, _ context: RequestContext) -> Output { Output() }
}

/// An operation that only looks: one pure function of the world.
package protocol ReadOperation: APIOperation {
    static func output(_ input: Input, in world: borrowing World, _ context: RequestContext) throws -> Output
}

extension ReadOperation {
    package static func call(_ input: Input, _ context: RequestContext) async throws -> Output {
        try await context.world.read { world in
            Result { try output(input, in: world, context) }
        }.get()
    }
}

/// What an operation may know of the request it serves, besides its input.
package struct RequestContext: Sendable {
    package let world: any WorldAccess
    package let tenancy: Tenancy
    /// The address clients reached the server under, without a trailing slash: the host of queue URLs.
    package let endpoint: String
    package let requestID: String
    /// The access key id of the caller's credentials.
    ///
    /// Tasks have their own, so their calls can be told apart.
    package let accessKeyID: String?

    package init(
        world: any WorldAccess, tenancy: Tenancy, endpoint: String, requestID: String, accessKeyID: String?
    ) {
        self.world = world
        self.tenancy = tenancy
        self.endpoint = endpoint
        self.requestID = requestID
        self.accessKeyID = accessKeyID
    }

    /// The task that makes the call, when it uses the credentials a task was given.
    package var task: TaskID? {
        accessKeyID.flatMap(TaskCredentials.task(ofAccessKeyID:))
    }
}

/// The way to a world, wherever it lives: behind the server's engine, or in a test's own hands.
package protocol WorldAccess: Sendable {
    /// Carries a command out and returns once it is durable. `payloads` are the bodies that belong to it.
    func submit<C: Command>(_ command: C, payloads: [[UInt8]]) async throws -> C.Reply
    /// Looks at the world between two commands. What it sees is durable when this returns.
    func read<Value: Sendable>(_ body: @Sendable @escaping (borrowing World) -> Value) async throws -> Value
    /// Receives messages; a long poll returns when messages come or its time is over.
    func receive(_ command: ReceiveMessages) async throws -> [ReceivedMessage]
    /// The bytes of a message's body and attributes; `nil` when the message is gone.
    func payload(_ reference: PayloadRef) async throws -> [UInt8]?
}

/// The access key ids that Berth gives to tasks.
///
/// They let an unmodified SDK inside a task be recognized: the id carries the task's own id.
package enum TaskCredentials {
    private static let prefix = "BRTHTASK"

    /// The id to put into the environment of a task.
    package static func accessKeyID(of task: TaskID) -> String {
        prefix + task.hex.uppercased()
    }

    /// The task an id was made for; `nil` for ids that others brought along.
    package static func task(ofAccessKeyID id: String) -> TaskID? {
        guard id.hasPrefix(prefix) else { return nil }
        return TaskID(id.dropFirst(prefix.count))
    }
}
