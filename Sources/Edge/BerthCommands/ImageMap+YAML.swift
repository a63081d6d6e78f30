import BerthServer
import Foundation
import Yams

extension ImageMap {
    /// Reads a `berth.yml`.
    ///
    /// Folders are made absolute, because the server may run elsewhere.
    init(contentsOf url: URL) throws {
        struct File: Decodable {
            let images: [String: Program]?
        }
        let text = try String(contentsOf: url, encoding: .utf8)
        let file: File
        do {
            file = try YAMLDecoder().decode(File.self, from: text)
        } catch {
            throw ControlClient.Failure(
                description: "\(url.path) is no image map\(Self.place(of: error))\nAn image map looks like this:\n"
                    + "images:\n  my-image:\n    command: [python3, worker.py]\n    directory: .")
        }
        let folder = url.deletingLastPathComponent()
        var images = file.images ?? [:]
        for (name, program) in images {
            let directory = program.directory.map { URL(fileURLWithPath: $0, relativeTo: folder) } ?? folder
            images[name]?.directory = directory.standardizedFileURL.path
        }
        self.init(images: images)
    }

    /// Which entry does not fit, or where the YAML ends to be YAML.
    private static func place(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return ": \(error)" }
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context):
            return context.codingPath.isEmpty
                ? "" : ": look at \(context.codingPath.map(\.stringValue).joined(separator: "."))"
        case .dataCorrupted(let context):
            return context.underlyingError.map { ": \($0)" } ?? ""
        @unknown default: return ""
        }
    }
}
