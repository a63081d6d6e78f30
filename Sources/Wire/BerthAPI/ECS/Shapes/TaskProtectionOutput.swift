import BerthECS
import BerthKernel

/// The answer of GetTaskProtection and UpdateTaskProtection.
struct TaskProtectionOutput: Encodable, Sendable {
    struct Protection: Encodable, Sendable {
        let taskArn: String
        let protectionEnabled: Bool
        let expirationDate: Instant?
    }

    let protectedTasks: [Protection]
    let failures: [FailureShape]

    init(_ protections: [TaskProtection], _ failures: [Failure]) {
        protectedTasks = protections.map {
            Protection(taskArn: $0.taskARN, protectionEnabled: $0.isEnabled, expirationDate: $0.expiresAt)
        }
        self.failures = failures.map(FailureShape.init)
    }
}
