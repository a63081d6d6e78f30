// swift-tools-version: 6.2
//
// A package of its own: what any NIO server on this machine could at most do is measured, not shipped.

import PackageDescription

let package = Package(
    name: "nio-limit", platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-nio", from: "2.90.0")],
    targets: [
        .executableTarget(
            name: "nio-limit",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ])
    ])
