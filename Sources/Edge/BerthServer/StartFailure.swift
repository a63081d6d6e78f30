import Foundation
import NIOCore

/// Why a server did not start or did not go on, with what to do about it.
struct StartFailure: Error, CustomStringConvertible {
    let description: String

    init(_ error: any Error, _ configuration: ServerConfiguration) {
        description = (error as? IOError).flatMap { Self.advice($0.errnoCode, configuration) } ?? "\(error)"
    }

    private static func advice(_ code: CInt, _ configuration: ServerConfiguration) -> String? {
        switch code {
        case EADDRINUSE:
            "Port \(configuration.port) on \(configuration.host) is in use. "
                + "Stop what listens there (`berth down`?) or choose another with --port; 0 takes a free one."
        case EADDRNOTAVAIL:
            "This machine has no address \(configuration.host). Choose another with --host."
        case EACCES:
            "Port \(configuration.port) is not for this user to listen on. Choose one above 1023 with --port."
        default: nil
        }
    }
}
