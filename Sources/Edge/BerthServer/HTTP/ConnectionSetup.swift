import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOHTTPTypesHTTP1

/// The HTTP/1.1 connections of a server: Hummingbird accepts and drains them, ``ConnectionHandler`` serves them.
///
/// Hummingbird's own channel passes requests part by part to Swift's shared thread pool, and answers back. That
/// costs more than everything Berth does to accept a message; `Documentation/Performance.md` has the figures.
struct ConnectionSetup: ServerChildChannel {
    struct Connection: ServerChildChannelValue {
        let channel: any Channel
    }

    let responder: RequestResponder
    private let date = DateHeader()

    init(responder: RequestResponder) {
        self.responder = responder
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Connection> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            // ConnectionHandler keeps requests in order itself, and response heads are made here, not received.
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: true, withOutboundHeaderValidation: false)
            // boto3 and the CLI gzip what is larger than 10 KiB, metrics above all.
            try pipeline.addHandler(NIOHTTPRequestDecompressor(limit: .size(ConnectionHandler.bodyLimit)))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try pipeline.addHandler(ConnectionHandler(responder: responder, date: date, loop: channel.eventLoop))
            return Connection(channel: channel)
        }
    }

    func handle(value: Connection, logger: Logger) async {
        await withTaskCancellationHandler {
            // A connection that ends with an error has ended too.
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
