import NIOCore
import NIOHTTP1
import NIOPosix

/// Answers every POST with an empty object as soon as it is complete: `nio-limit PORT`.
///
/// The least that a server on SwiftNIO does for a request. Berth's rate without waiting for the disk is
/// divided by this one.
@main
enum NIOLimit {
    static func main() throws {
        guard CommandLine.arguments.count == 2, let port = Int(CommandLine.arguments[1]) else {
            fatalError("usage: nio-limit PORT")
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        let server = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(AnswerAtOnce())
                }
            }
        try server.bind(host: "127.0.0.1", port: port).wait().closeFuture.wait()
    }
}

private final class AnswerAtOnce: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let head = HTTPResponseHead(
        version: .http1_1, status: .ok,
        headers: ["Content-Type": "application/x-amz-json-1.0", "Content-Length": "2"])
    private static let body = ByteBuffer(string: "{}")

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        context.write(wrapOutboundOut(.head(Self.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(Self.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
