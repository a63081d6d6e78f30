import BerthProtocols
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Serves the requests of one connection, one after the other, on the thread of its event loop.
///
/// A client that goes away takes its request with it: an open long poll ends, and the next message goes to
/// somebody who is there.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    /// SQS takes a megabyte in a batch; base64 and JSON make a third more of it.
    static let bodyLimit = 4 << 20

    private let responder: RequestResponder
    private let date: DateHeader
    private let executor: EventLoopTaskExecutor

    /// The request being received.
    private var head: HTTPRequest?
    private var body = ByteBuffer()
    private var isTooLarge = false

    /// The request being answered.
    private var current: Task<Void, Never>?
    /// What a client sent before it had the answer to that.
    private var waiting = CircularBuffer<HTTPRequestPart>()
    private var closesWhenIdle = false

    init(responder: RequestResponder, date: DateHeader, loop: any EventLoop) {
        self.responder = responder
        self.date = date
        executor = EventLoopTaskExecutor(loop: loop)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        waiting.append(unwrapInboundIn(data))
        takeWaiting(context)
    }

    private func takeWaiting(_ context: ChannelHandlerContext) {
        while current == nil, let part = waiting.popFirst() {
            switch part {
            case .head(let head): self.head = head
            case .body(let bytes): collect(bytes)
            case .end: serve(context)
            }
        }
    }

    private func collect(_ bytes: ByteBuffer) {
        var bytes = bytes
        isTooLarge = isTooLarge || body.readableBytes + bytes.readableBytes > Self.bodyLimit
        if isTooLarge {
            body = ByteBuffer()
        } else if body.readableBytes == 0 {
            body = bytes
        } else {
            body.writeBuffer(&bytes)
        }
    }

    private func serve(_ context: ChannelHandlerContext) {
        guard let head else { return }
        let body = isTooLarge ? nil : Array(body.readableBytesView)
        closesWhenIdle = closesWhenIdle || head.headerFields[.connection]?.lowercased() == "close"
        (self.head, self.body, isTooLarge) = (nil, ByteBuffer(), false)
        let mine = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        // Unstructured, because it begins in one callback of the event loop and ends in another.
        current = Task(executorPreference: executor) { [responder] in
            let answer = await responder.respond(to: head, body: body)
            mine.value.handler.finish(answer, mine.value.context)
        }
    }

    private func finish(_ answer: WireResponse, _ context: ChannelHandlerContext) {
        current = nil
        var head = HTTPResponse(status: .init(code: answer.status), headerFields: answer.headers)
        head.headerFields[.contentLength] = String(answer.body.count)
        head.headerFields[.date] = date.value
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !answer.body.isEmpty {
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: answer.body))), promise: nil)
        }
        guard closesWhenIdle else {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            return takeWaiting(context)
        }
        let mine = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in mine.value.close(promise: nil) }
    }

    private func closeWhenIdle(_ context: ChannelHandlerContext) {
        closesWhenIdle = true
        if current == nil, head == nil { context.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            current?.cancel()
            closeWhenIdle(context)
        case is ChannelShouldQuiesceEvent:
            closeWhenIdle(context)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        current?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        current?.cancel()
        context.close(promise: nil)
    }
}
