package import BerthStore

/// What a server needs to know to start.
package struct ServerConfiguration: Sendable {
    /// The address to listen on: loopback unless somebody decided otherwise.
    package var host = "127.0.0.1"
    /// 0 takes a free port.
    package var port = 4566
    /// The folder that keeps everything acknowledged.
    ///
    /// One server at a time may use it.
    package var stateDirectory: String
    /// Of a new world; a stored one keeps its own.
    package var pace = 60
    package var durability = Durability.fsync
    package var account = "000000000000"
    package var region = "us-east-1"

    package init(
        host: String = "127.0.0.1", port: Int = 4566, stateDirectory: String, pace: Int = 60,
        durability: Durability = .fsync, account: String = "000000000000", region: String = "us-east-1"
    ) {
        self.host = host
        self.port = port
        self.stateDirectory = stateDirectory
        self.pace = pace
        self.durability = durability
        self.account = account
        self.region = region
    }
}

/// The version that `berth --version`, the banner and the control API report.
package enum BerthVersion {
    package static let current = "0.1.0"
}
