import BerthKernel

/// Finds the queue that a `QueueUrl` means.
///
/// Any host will do, and so will the bare name: AWS accepts both, and clients behind a proxy send either.
struct QueueAddress: Decodable, Hashable, Sendable {
    let name: String

    init(from decoder: any Decoder) throws {
        self.init(url: try decoder.singleValueContainer().decode(String.self))
    }

    init(url: String) {
        // By bytes: every call names its queue.
        name = url.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""
    }

    /// The URL under which this server's queues are known.
    static func url(of name: String, _ context: RequestContext) -> String {
        "\(context.endpoint)/\(context.tenancy.account)/\(name)"
    }
}
