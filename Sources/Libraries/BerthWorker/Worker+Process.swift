import ServiceLifecycle
import UnixSignals

extension Worker {
    /// Runs the worker as the one thing that this process does, and drains it on SIGTERM and SIGINT.
    ///
    /// ECS sends SIGTERM and, when the task definition's `stopTimeout` has passed, SIGKILL; a job that takes
    /// longer than that is lost and starts anew elsewhere. A process with other services puts the worker into a
    /// `ServiceGroup` beside them instead.
    public func runAsProcess() async throws {
        let service = ServiceGroupConfiguration.ServiceConfiguration(
            service: self, successTerminationBehavior: .gracefullyShutdownGroup)
        let group = ServiceGroup(
            configuration: .init(
                services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
