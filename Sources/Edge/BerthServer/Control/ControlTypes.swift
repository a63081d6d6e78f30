/// What `GET /_berth/health` answers.
package struct ServerHealth: Codable, Hashable, Sendable {
    package let version: String
    package let pace: Int
    package let durability: String
    package let stateDirectory: String
    package let processID: Int32
}

/// Which program stands for which container image: the `images` of a `berth.yml`.
package struct ImageMap: Codable, Hashable, Sendable {
    package struct Program: Codable, Hashable, Sendable {
        /// The program and its arguments; used instead of the container's entry point and command.
        package var command: [String]?
        /// The folder to run it in; relative to the folder of `berth.yml`.
        package var directory: String?
        package var environment: [String: String]?

        package init(command: [String]?, directory: String?, environment: [String: String]?) {
            self.command = command
            self.directory = directory
            self.environment = environment
        }
    }

    package var images: [String: Program]

    package init(images: [String: Program] = [:]) {
        self.images = images
    }

    /// The program for an image, which may carry a registry, a tag or a digest that the map leaves out.
    package func program(for image: String) -> Program? {
        if let exact = images[image] { return exact }
        var name = image.prefix { $0 != "@" }
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") { name = name[..<colon] }
        if let tagless = images[String(name)] { return tagless }
        let matches = images.keys.filter { name.hasSuffix("/" + $0) }
        return matches.count == 1 ? images[matches[0]] : nil
    }
}

/// Where the output of one container of one task is written.
package struct LogFile: Codable, Hashable, Sendable {
    package let task: String
    package let service: String?
    package let container: String
    package let path: String
}
