package import BerthKernel
package import Foundation

/// Which process stands for a container image, and where processes keep their things.
package struct ProcessRuntimeConfiguration: Sendable {
    /// What to run in place of an image.
    package struct ImageProcess: Sendable, Hashable {
        /// Takes the place of the image's ENTRYPOINT: a container's own `entryPoint` replaces it, its `command`
        /// is appended.
        package var command: [String]
        /// Where the process starts, and what a relative program path is relative to.
        package var directory: String?
        /// The image's own variables; those of the task definition win over them.
        package var environment: [String: String]

        package init(command: [String], directory: String? = nil, environment: [String: String] = [:]) {
            self.command = command
            self.directory = directory
            self.environment = environment
        }
    }

    /// Remembers what runs, so that a restarted server finds it again.
    package var stateDirectory: URL
    /// Gets a folder a task with a file a container: standard output and error together.
    package var logDirectory: URL
    /// The process for an image, named as task definitions spell it.
    ///
    /// Without one the container's own command runs as it is.
    package var image: @Sendable (String) -> ImageProcess?
    /// What every process inherits: the search path, the home directory, the language.
    ///
    /// Nothing else is passed on, as a container would not see it either.
    package var inherited: [String: String]
    /// What AWS adds to a container's environment: region, endpoints, credentials, metadata.
    ///
    /// The task definition's own variables win over these.
    package var environment: @Sendable (TaskLaunch, ContainerLaunch) -> [String: String]

    package init(
        stateDirectory: URL, logDirectory: URL, image: @escaping @Sendable (String) -> ImageProcess? = { _ in nil },
        inherited: [String: String] = Self.inheritedByDefault,
        environment: @escaping @Sendable (TaskLaunch, ContainerLaunch) -> [String: String] = { _, _ in [:] }
    ) {
        self.stateDirectory = stateDirectory
        self.logDirectory = logDirectory
        self.image = image
        self.inherited = inherited
        self.environment = environment
    }

    package static var inheritedByDefault: [String: String] {
        let names = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH"]
        return ProcessInfo.processInfo.environment.filter { names.contains($0.key) }
    }
}
