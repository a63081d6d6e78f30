// swift-tools-version: 6.2
//
// The folder under Sources/ is the layer, a target is the unit of dependency: a section per layer, in the
// order in which they may import each other, one call per target, dependencies sorted.
//
// BERTH_LAYERS narrows the package while working on one layer, so that a test run does not build the rest:
//     BERTH_LAYERS=core swift test --filter BerthQueuesTests
// Layers: core, wire, drivers, libraries, edge. Unset means all.

import Foundation
import PackageDescription

let layers: Set<String> = {
    guard let chosen = ProcessInfo.processInfo.environment["BERTH_LAYERS"], !chosen.isEmpty else {
        return ["core", "wire", "drivers", "libraries", "edge"]
    }
    return Set(chosen.split(separator: ",").map(String.init))
}()

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

var targets: [Target] = []
var products: [Product] = []
var dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/pointfreeco/swift-custom-dump", from: "1.7.3"),
    .package(url: "https://github.com/pointfreeco/xctest-dynamic-overlay", from: "1.13.1"),
]

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let collections = product(name: "Collections", package: "swift-collections")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let customDump = product(name: "CustomDump", package: "swift-custom-dump")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let issueReportingTestSupport = product(name: "IssueReportingTestSupport", package: "xctest-dynamic-overlay")
    static let logging = product(name: "Logging", package: "swift-log")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioFoundationCompat = product(name: "NIOFoundationCompat", package: "swift-nio")
    static let nioHTTPCompression = product(name: "NIOHTTPCompression", package: "swift-nio-extras")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypesHTTP1 = product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let subprocess = product(name: "Subprocess", package: "swift-subprocess")
    static let systemPackage = product(name: "SystemPackage", package: "swift-system")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

@MainActor func target(_ layer: String, _ name: String, _ dependencies: [Target.Dependency] = []) {
    targets.append(
        .target(name: name, dependencies: dependencies, path: "Sources/\(layer)/\(name)", swiftSettings: settings))
}

@MainActor func tests(_ path: String, _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) {
    let support: [Target.Dependency] = ["BerthTestSupport", .customDump, .issueReportingTestSupport]
    targets.append(
        .testTarget(
            name: name, dependencies: dependencies + support, path: "Tests/\(path)/\(name)", resources: resources,
            swiftSettings: settings))
}

// MARK: - Core: decides. Pure values.

target("Core", "BerthKernel", [.collections])
target("Core", "BerthPlacement", ["BerthKernel", .collections])
target("Core", "BerthECS", ["BerthKernel", "BerthPlacement", .collections])
target("Core", "BerthCapacity", ["BerthKernel", .collections])
target("Core", "BerthScaling", ["BerthKernel", .collections])
target("Core", "BerthMetrics", ["BerthKernel", .collections])
target("Core", "BerthQueues", ["BerthKernel", .collections])
target("Core", "BerthTemplates", ["BerthKernel", .collections])
target("Core", "BerthStacks", ["BerthKernel", "BerthTemplates", .collections])
target(
    "Core", "BerthWorld",
    [
        "BerthCapacity", "BerthECS", "BerthKernel", "BerthMetrics", "BerthPlacement", "BerthQueues", "BerthScaling",
        "BerthStacks", "BerthTemplates", .collections,
    ])

targets.append(
    .target(
        name: "BerthTestSupport", dependencies: ["BerthKernel", .customDump, .issueReportingTestSupport],
        path: "Sources/Support/BerthTestSupport", swiftSettings: settings))

tests("Core", "BerthKernelTests", ["BerthKernel"])
tests("Core", "BerthPlacementTests", ["BerthKernel", "BerthPlacement"])
tests("Core", "BerthECSTests", ["BerthECS", "BerthKernel", "BerthPlacement"])
tests("Core", "BerthCapacityTests", ["BerthCapacity", "BerthKernel", .collections])
tests("Core", "BerthScalingTests", ["BerthKernel", "BerthScaling"])
tests("Core", "BerthMetricsTests", ["BerthKernel", "BerthMetrics"])
tests("Core", "BerthQueuesTests", ["BerthKernel", "BerthQueues"])
tests("Core", "BerthTemplatesTests", ["BerthKernel", "BerthTemplates"])
tests("Core", "BerthStacksTests", ["BerthKernel", "BerthStacks", "BerthTemplates"])

// The house rules as tests. They read the sources and import nothing.
targets.append(
    .testTarget(
        name: "BerthArchitectureTests", path: "Tests/Architecture/BerthArchitectureTests", swiftSettings: settings))

// MARK: - Wire: translates bytes <-> values. No state, no sockets.

if layers.contains("wire") {
    dependencies += [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ]
    target("Wire", "BerthProtocols", ["BerthKernel", .collections, .crypto, .httpTypes])
    target("Wire", "BerthTemplateFormats", ["BerthKernel", "BerthTemplates", .collections, .yams])
    target(
        "Wire", "BerthAPI",
        [
            "BerthCapacity", "BerthECS", "BerthKernel", "BerthMetrics", "BerthPlacement", "BerthProtocols",
            "BerthQueues", "BerthScaling", "BerthStacks", "BerthTemplateFormats", "BerthTemplates", "BerthWorld",
            .collections, .crypto, .httpTypes,
        ])
    tests(
        "Wire", "BerthAPITests",
        [
            "BerthAPI", "BerthCapacity", "BerthECS", "BerthKernel", "BerthProtocols", "BerthQueues", "BerthWorld",
            .collections, .httpTypes,
        ])
    tests("Wire", "BerthProtocolsTests", ["BerthKernel", "BerthProtocols", .collections, .httpTypes])
    tests("Wire", "BerthTemplateFormatsTests", ["BerthKernel", "BerthTemplateFormats", "BerthTemplates"])
    // Whole worlds: they need templates to have something to run.
    let world: [Target.Dependency] = [
        "BerthCapacity", "BerthECS", "BerthKernel", "BerthMetrics", "BerthPlacement", "BerthQueues", "BerthScaling",
        "BerthStacks", "BerthTemplateFormats", "BerthTemplates", "BerthWorld", .collections,
    ]
    tests("Scenarios", "BerthScenarioTests", world)
    tests("Properties", "BerthPropertyTests", world)
}

// Drivers and libraries both log and both run as services.
if !layers.isDisjoint(with: ["drivers", "libraries"]) {
    dependencies += [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ]
}

// MARK: - Drivers: performs. Each owns exactly one outside thing.

if layers.contains("drivers") {
    dependencies += [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ]
    target("Drivers", "BerthEngine", ["BerthKernel", "BerthWorld", .collections, .logging])
    target("Drivers", "BerthStore", ["BerthEngine", "BerthKernel", "BerthWorld", .grdb])
    target(
        "Drivers", "BerthProcessRuntime",
        ["BerthEngine", "BerthKernel", "BerthWorld", .logging, .subprocess, .systemPackage])
    targets.append(
        .target(
            name: "BerthDriverContracts", dependencies: ["BerthEngine", "BerthKernel", "BerthWorld"],
            path: "Sources/Support/BerthDriverContracts", swiftSettings: settings))
    tests(
        "Drivers", "BerthEngineTests", ["BerthDriverContracts", "BerthEngine", "BerthKernel", "BerthWorld", .logging])
    tests(
        "Drivers", "BerthStoreTests",
        ["BerthDriverContracts", "BerthEngine", "BerthKernel", "BerthStore", "BerthWorld", .grdb])
    tests(
        "Drivers", "BerthProcessRuntimeTests",
        ["BerthDriverContracts", "BerthEngine", "BerthKernel", "BerthProcessRuntime", "BerthWorld", .logging])
}

// MARK: - Libraries: what other people import.

if layers.contains("libraries") {
    dependencies += [
        .package(url: "https://github.com/apple/swift-nio", from: "2.90.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ]
    products.append(.library(name: "BerthWorker", targets: ["BerthWorker"]))
    target(
        "Libraries", "BerthWorker",
        [
            "BerthKernel", "BerthProtocols", .asyncHTTPClient, .httpTypes, .logging, .nioCore, .nioHTTP1,
            .serviceLifecycle, .unixSignals,
        ])
    tests(
        "Libraries", "BerthWorkerTests",
        ["BerthKernel", "BerthProtocols", "BerthWorker", .httpTypes, .logging, .serviceLifecycle])
    targets.append(
        .executableTarget(
            name: "berth-example-worker", dependencies: ["BerthWorker", .logging], path: "Examples/QueueWorker/swift",
            swiftSettings: settings))
}

// MARK: - Edge: assembles.

if layers.contains("edge") {
    dependencies += [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ]
    target(
        "Edge", "BerthServer",
        [
            "BerthAPI", "BerthECS", "BerthEngine", "BerthKernel", "BerthProcessRuntime", "BerthProtocols", "BerthStore",
            "BerthWorld", .collections, .httpTypes, .hummingbird, .hummingbirdCore, .logging, .nioCore, .nioHTTP1,
            .nioHTTPCompression, .nioHTTPTypes, .nioHTTPTypesHTTP1, .nioPosix, .serviceLifecycle, .unixSignals,
        ])
    target(
        "Edge", "BerthCommands",
        [
            "BerthAPI", "BerthKernel", "BerthProtocols", "BerthServer", "BerthStore", "BerthTemplateFormats",
            "BerthTemplates", "BerthWorld", .argumentParser, .asyncHTTPClient, .collections, .nioCore,
            .nioFoundationCompat, .nioHTTP1, .yams,
        ])
    products.append(.executable(name: "berth", targets: ["berth"]))
    targets.append(
        .executableTarget(
            name: "berth", dependencies: ["BerthCommands", .argumentParser], path: "Sources/Edge/berth",
            swiftSettings: settings))
}

let package = Package(
    name: "berth", platforms: [.macOS(.v15)], products: products, dependencies: dependencies, targets: targets)
