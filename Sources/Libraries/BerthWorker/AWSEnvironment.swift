import FoundationEssentials

/// What AWS's SDKs read from the environment variables of a process.
struct AWSEnvironment: Sendable {
    private let variables: [String: String]

    init(_ variables: [String: String]) {
        self.variables = variables
    }

    static var process: AWSEnvironment {
        AWSEnvironment(ProcessInfo.processInfo.environment)
    }

    /// The value of a variable; empty ones count as absent, as for the SDKs.
    subscript(name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Where to send calls for this queue: a configured endpoint wins over the host in the queue's URL.
    func endpoint(forQueue url: String) throws(WorkerError) -> Endpoint {
        let configured = self["AWS_ENDPOINT_URL_SQS"] ?? self["AWS_ENDPOINT_URL"]
        guard let endpoint = Endpoint(configured ?? url) else {
            throw WorkerError(code: .configuration, message: "\(configured ?? url) is not a URL of http or https.")
        }
        return endpoint
    }

    /// The configured region, or the one in the name of an AWS host: `sqs.eu-west-1.amazonaws.com`.
    func region(for endpoint: Endpoint) -> String {
        let labels = endpoint.authority.split(separator: ".")
        let inHost = labels.first == "sqs" && labels.count > 3 ? String(labels[1]) : nil
        return self["AWS_REGION"] ?? self["AWS_DEFAULT_REGION"] ?? inHost ?? "us-east-1"
    }
}

/// The parts of a URL that a request needs.
struct Endpoint: Hashable, Sendable {
    let scheme: String
    /// Host, and the port if it is not the scheme's own.
    let authority: String
    /// Without a slash at its end.
    let path: String

    init?(_ text: String) {
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty
        else { return nil }
        self.scheme = scheme
        authority = url.port.map { "\(host):\($0)" } ?? host
        let path = url.path()
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
