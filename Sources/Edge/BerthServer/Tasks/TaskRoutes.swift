import BerthAPI
import BerthECS
import BerthEngine
import BerthKernel
import BerthProtocols
import BerthWorld
import Foundation
import HTTPTypes
import OrderedCollections

/// What containers ask their agent: metadata, credentials and task protection.
///
/// | request below `/_berth/tasks/TASK/` | AWS's counterpart |
/// |---|---|
/// | `GET credentials` | container credentials endpoint |
/// | `GET v4/CONTAINER`, `GET v4/CONTAINER/task` | task metadata endpoint, version 4 |
/// | `GET` and `PUT api/task-protection/v1/state` | task scale-in protection endpoint of the agent |
///
/// - AWS: ECS Developer Guide, *Task metadata endpoint version 4* and *Task scale-in protection endpoint*.
struct TaskRoutes: Sendable {
    static let prefix = "/_berth/tasks/"

    let engine: Engine
    let tenancy: Tenancy

    func respond(to head: HTTPRequest, path: String, body: [UInt8]) async -> WireResponse {
        let parts = path.dropFirst(Self.prefix.count).split(separator: "/").map(String.init)
        do {
            guard let first = parts.first, let id = TaskID(first),
                let task = try await engine.read({ $0.ecs.tasks[id] })
            else { return .json(["message": "There is no such task."], status: 404) }
            return try await answer(head.method, Array(parts.dropFirst()), task, body)
        } catch {
            return .json(["message": "\(error)"], status: 500)
        }
    }

    private func answer(
        _ method: HTTPRequest.Method, _ path: [String], _ task: ECSTask, _ body: [UInt8]
    ) async throws -> WireResponse {
        switch (method, path) {
        case (.get, ["credentials"]): .json(TemporaryCredentials(task: task, tenancy: tenancy))
        case (.get, ["api", "task-protection", "v1", "state"]): protection(of: task)
        case (.put, ["api", "task-protection", "v1", "state"]): try await setProtection(of: task, body)
        case (.get, let path) where path.first == "v4" && path.count == 3 && path[2] == "task":
            .json(TaskMetadata(task, tenancy: tenancy))
        case (.get, let path) where path.first == "v4" && path.count == 2:
            containerMetadata(path[1], of: task)
        default: .json(["message": "There is nothing here."], status: 404)
        }
    }

    private func containerMetadata(_ name: String, of task: ECSTask) -> WireResponse {
        guard let container = task.containers.first(where: { $0.name == name }) else {
            return .json(["message": "The task has no container '\(name)'."], status: 404)
        }
        return .json(TaskMetadata.Container(container, of: task))
    }

    private func protection(of task: ECSTask) -> WireResponse {
        .json(ProtectionAnswer(task: task, at: .init(wall: Date())))
    }

    private func setProtection(of task: ECSTask, _ body: [UInt8]) async throws -> WireResponse {
        struct Request: Decodable {
            let ProtectionEnabled: Bool
            let ExpiresInMinutes: Int?
        }
        guard let request = try? JSONDecoder().decode(Request.self, from: Data(body)) else {
            return .json(
                ProtectionAnswer.Failure("InvalidParameterException", "The body is not as it should be."), status: 400)
        }
        let command = UpdateTaskProtectionCommand(
            cluster: task.cluster, tasks: [task.arn], isEnabled: request.ProtectionEnabled,
            expiresInMinutes: request.ExpiresInMinutes)
        do {
            let reply = try await engine.submit(command)
            if let failure = reply.failures.first {
                return .json(ProtectionAnswer.Failure(failure.reason, failure.detail ?? ""), status: 400)
            }
        } catch let refusal as Refusal {
            return .json(ProtectionAnswer.Failure(refusal.code, refusal.message), status: 400)
        }
        let updated = try await engine.read { $0.ecs.tasks[task.id] } ?? task
        return protection(of: updated)
    }
}

/// The answer of the container credentials endpoint.
private struct TemporaryCredentials: Encodable {
    let AccessKeyId: String
    let SecretAccessKey: String
    let Token: String
    let Expiration: String
    let RoleArn: String

    /// Credentials that name the task, so that its calls are known for its own.
    ///
    /// Nothing verifies them.
    init(task: ECSTask, tenancy: Tenancy) {
        AccessKeyId = TaskCredentials.accessKeyID(of: task.id)
        SecretAccessKey = task.id.hex
        Token = "berth-" + task.id.hex
        // The wall clock's six hours, whatever the world's time: SDKs compare it with their own clock.
        Expiration = CalendarTime(Instant(wall: Date()) + .seconds(6 * 3_600)).iso8601
        RoleArn = "arn:aws:iam::\(tenancy.account):role/\(task.definition.family)"
    }
}

/// The answer of the task scale-in protection endpoint.
private struct ProtectionAnswer: Encodable {
    struct Protection: Encodable {
        let ExpirationDate: String?
        let ProtectionEnabled: Bool
        let TaskArn: String
    }

    struct Failure: Encodable {
        struct Detail: Encodable {
            let Code: String
            let Message: String
        }
        let error: Detail

        init(_ code: String, _ message: String) {
            error = Detail(Code: code, Message: message)
        }
    }

    let protection: Protection

    init(task: ECSTask, at now: Instant) {
        let isProtected = task.isProtected(at: now)
        protection = Protection(
            ExpirationDate: isProtected ? task.protectedUntil.map { CalendarTime($0).iso8601 } : nil,
            ProtectionEnabled: isProtected, TaskArn: task.arn)
    }
}

/// A task as the metadata endpoint describes it.
private struct TaskMetadata: Encodable {
    let Cluster: String
    let TaskARN: String
    let Family: String
    let Revision: String
    let DesiredStatus: String
    let KnownStatus: String
    let AvailabilityZone: String?
    let LaunchType: String
    let ServiceName: String?
    let Containers: [Container]

    init(_ task: ECSTask, tenancy: Tenancy) {
        Cluster = tenancy.arn("ecs", "cluster/\(task.cluster)")
        TaskARN = task.arn
        Family = task.definition.family
        Revision = "\(task.definition.revision)"
        DesiredStatus = task.desiredStatus.rawValue
        KnownStatus = task.lastStatus.rawValue
        AvailabilityZone = task.zone
        LaunchType = task.launchType.rawValue
        ServiceName = task.service
        Containers = task.containers.map { Container($0, of: task) }
    }

    struct Container: Encodable {
        let DockerId: String
        let Name: String
        let DockerName: String
        let Image: String
        let Labels: [String: String]
        let DesiredStatus: String
        let KnownStatus: String
        let `Type` = "NORMAL"

        init(_ container: TaskContainer, of task: ECSTask) {
            DockerId = container.runtimeID ?? container.id.hex
            Name = container.name
            DockerName = container.name
            Image = container.image
            DesiredStatus = task.desiredStatus.rawValue
            KnownStatus = container.lastStatus.rawValue
            Labels = [
                "com.amazonaws.ecs.cluster": task.cluster,
                "com.amazonaws.ecs.container-name": container.name,
                "com.amazonaws.ecs.task-arn": task.arn,
                "com.amazonaws.ecs.task-definition-family": task.definition.family,
                "com.amazonaws.ecs.task-definition-version": "\(task.definition.revision)",
            ]
        }
    }
}

extension Instant {
    init(wall date: Date) {
        self.init(microseconds: Int64(date.timeIntervalSince1970 * 1_000_000))
    }
}
