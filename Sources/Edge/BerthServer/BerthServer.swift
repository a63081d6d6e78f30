import BerthAPI
import BerthECS
import BerthEngine
import BerthKernel
import BerthProcessRuntime
import BerthStore
import BerthWorld
import Foundation
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// A Berth that listens: store, engine, runtime and HTTP server put together.
package struct BerthServer: Sendable {
    private let configuration: ServerConfiguration

    package init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    /// Runs until a signal or `POST /_berth/shutdown`, then stops tasks and server in order.
    ///
    /// `onReady` is called once, with the endpoint and port, when the first request would be answered.
    package func run(onReady: @escaping @Sendable (_ endpoint: String, _ port: Int) throws -> Void) async throws {
        FileLimit.raise()
        var logger = Logger(label: "berth") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let address = ServerAddress(host: configuration.host)
        let parts = try ServerParts(configuration, address: address, logger: logger)
        let shutdown = ShutdownTrigger()
        // It logs every connection that a client or our own end cuts off.
        var httpLogger = logger
        httpLogger.logLevel = .critical
        let connections = ConnectionSetup(responder: parts.responder(shutDown: shutdown.fire))
        let server = connections.server(
            configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { channel in
                address.resolve(port: channel.localAddress?.port ?? configuration.port)
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: httpLogger)
        let engine = EngineService(engine: parts.engine, address: address, onReady: onReady)
        // Shut down from the last to the first: the engine ends its tasks, whose requests must still be answered,
        // and the open long polls; then the server closes.
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server), .init(service: engine)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        shutdown.arm { await group.triggerGracefulShutdown() }
        do {
            try await group.run()
        } catch {
            throw StartFailure(error, configuration)
        }
    }
}

/// What a server is made of, before anything runs.
struct ServerParts {
    let engine: Engine
    let tenancy: Tenancy
    private let configuration: ServerConfiguration
    private let address: ServerAddress
    private let images: ImageRegister
    private let seed: UInt64

    init(_ configuration: ServerConfiguration, address: ServerAddress, logger: Logger) throws {
        self.configuration = configuration
        self.address = address
        tenancy = Tenancy(account: configuration.account, region: configuration.region)
        let directory = configuration.stateDirectory
        let store = try SQLiteStore(directory: URL(filePath: directory), durability: configuration.durability)
        images = try ImageRegister(stateDirectory: directory)
        seed = UInt64.random(in: .min ... .max)
        let runtime = ProcessRuntime(
            configuration: Self.runtimeConfiguration(directory, images, tenancy, address), logger: logger)
        let world = WorldConfiguration(
            tenancy: tenancy, pace: Pace(factor: configuration.pace), seed: seed, startedAt: EngineClock.wall.now())
        engine = Engine(newWorld: world, store: store, runtime: runtime, commands: .berth, logger: logger)
    }

    private static func runtimeConfiguration(
        _ directory: String, _ images: ImageRegister, _ tenancy: Tenancy, _ address: ServerAddress
    ) -> ProcessRuntimeConfiguration {
        ProcessRuntimeConfiguration(
            stateDirectory: URL(filePath: directory + "/tasks"), logDirectory: URL(filePath: directory + "/logs"),
            image: { image in
                images.program(for: image).map { program in
                    .init(
                        command: program.command ?? [], directory: program.directory,
                        environment: program.environment ?? [:])
                }
            },
            environment: { launch, container in
                TaskEnvironment(endpoint: address.endpoint, tenancy: tenancy).variables(for: container, of: launch)
            })
    }

    func responder(shutDown: @escaping @Sendable () -> Void) -> RequestResponder {
        let directory = configuration.stateDirectory
        let health = ServerHealth(
            version: BerthVersion.current, pace: configuration.pace, durability: configuration.durability.rawValue,
            stateDirectory: directory, processID: ProcessInfo.processInfo.processIdentifier)
        let control = ControlRoutes(
            engine: engine, health: health, images: images,
            logs: { LogFiles(stateDirectory: directory).files(of: $0) }, shutDown: shutDown)
        return RequestResponder(
            dispatcher: Dispatcher(
                world: EngineAccess(engine: engine), tenancy: tenancy, endpoint: { [address] in address.endpoint }),
            control: control, tasks: TaskRoutes(engine: engine, tenancy: tenancy), requestIDs: RequestIDs(seed: seed))
    }
}

/// Runs the engine once the server's address is known: tasks are told it when they start.
struct EngineService: Service {
    let engine: Engine
    let address: ServerAddress
    let onReady: @Sendable (String, Int) throws -> Void

    func run() async throws {
        try await withGracefulShutdownHandler {
            let (endpoint, port) = try await address.resolved()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await engine.run() }
                group.addTask {
                    _ = try await engine.submit(SetEndpoint(endpoint: endpoint))
                    try onReady(endpoint, port)
                }
                try await group.waitForAll()
            }
        } onGracefulShutdown: {
            engine.shutDown()
        }
    }
}

extension EngineCommands {
    /// What an engine says to a Berth world on its own account.
    static let berth = EngineCommands(
        report: { ReportTask(report: $0) }, forgetWaiters: CancelReceives(waiter: nil),
        launches: { $0.ecs.launches }, stops: { $0.ecs.stops })
}
