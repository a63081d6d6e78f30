import BerthAPI
import BerthProtocols
import HTTPTypes
import HummingbirdCore

/// Answers every HTTP request: AWS's API, and Berth's own below `/_berth/`.
struct RequestResponder: Sendable {
    let dispatcher: Dispatcher
    let control: ControlRoutes
    let tasks: TaskRoutes
    let requestIDs: RequestIDs

    /// The answer to a request; its `body` is `nil` when it was too large to be kept.
    func respond(to head: HTTPRequest, body: [UInt8]?) async -> WireResponse {
        guard let body else { return WireResponse(status: 413, body: Array("The request is larger than 4 MiB.".utf8)) }
        guard let target = head.path, target.hasPrefix(ControlRoutes.prefix) else {
            return await dispatcher.respond(to: head, body: body, requestID: requestIDs.next())
        }
        let uri = URI(target)
        if uri.path.hasPrefix(TaskRoutes.prefix) {
            return await tasks.respond(to: head, path: uri.path, body: body)
        }
        return await control.respond(to: head, uri: uri, body: body)
    }
}
