import BerthKernel
import BerthProtocols
import HTTPTypes
import Logging

/// Keeps the ECS task that this process runs in from being chosen for scale-in while it has jobs.
///
/// Best effort: outside of ECS it does nothing, and a refusal by the agent is logged and tried again with the
/// next heartbeat, for losing protection is better than losing work.
actor TaskProtection {
    /// Long enough to outlive a few failed renewals, short enough that a hung worker does not block a deployment.
    private static let term = Duration.seconds(3_600)

    private let endpoint: Endpoint?
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private var protectedUntil: Instant?

    init(
        environment: AWSEnvironment, isEnabled: Bool, transport: any HTTPTransport, logger: Logger,
        now: @escaping @Sendable () -> Instant
    ) {
        endpoint = isEnabled ? environment["ECS_AGENT_URI"].flatMap(Endpoint.init) : nil
        self.transport = transport
        self.logger = logger
        self.now = now
    }

    /// Whether the agent was asked for protection and has not been told otherwise.
    var isHeld: Bool { protectedUntil != nil }

    /// Protects the task, or renews a protection of which half has passed.
    func protect() async {
        if let protectedUntil, now() + Self.term / 2 < protectedUntil { return }
        let until = now() + Self.term
        let minutes = Self.term.components.seconds / 60
        if await put(["ProtectionEnabled": true, "ExpiresInMinutes": .integer(minutes)]) { protectedUntil = until }
    }

    func release() async {
        guard protectedUntil != nil else { return }
        if await put(["ProtectionEnabled": false]) { protectedUntil = nil }
    }

    private func put(_ state: WireValue) async -> Bool {
        guard let endpoint else { return false }
        let request = HTTPRequest(
            method: .put, scheme: endpoint.scheme, authority: endpoint.authority,
            path: "\(endpoint.path)/task-protection/v1/state", headerFields: [.contentType: "application/json"])
        do {
            let answer = try await transport.send(request, body: JSONRenderer.render(state), timeout: .seconds(5))
            if answer.status == 200 { return true }
            logger.warning("The agent refused task protection.", metadata: ["status": "\(answer.status)"])
        } catch {
            logger.warning("The agent could not be asked for task protection.", metadata: ["error": "\(error)"])
        }
        return false
    }
}
