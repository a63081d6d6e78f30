import BerthKernel

extension Int {
    /// `1 task`, `2 tasks`.
    func of(_ noun: String) -> String {
        self == 1 ? "1 \(noun)" : "\(self) \(noun)s"
    }
}

extension ResourceNeeds {
    /// `256 CPU units and 512 MiB`, with GPUs and network interfaces where asked for.
    var sentencePart: String {
        var parts = ["\(cpu) CPU units", "\(memory) MiB"]
        if gpus > 0 { parts.append(gpus.of("GPU")) }
        if networkInterfaces > 0 { parts.append(networkInterfaces.of("network interface")) }
        return parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "")
    }
}

extension Instant {
    /// How long it is from here to `end`, in whole seconds: `45 s`.
    func secondsText(to end: Instant) -> String {
        "\((end - self).microseconds / 1_000_000) s"
    }
}

extension ECSTask {
    /// `Task 0123abcd of service:worker`: the beginning of the id is enough to find the task by.
    var sentenceName: String { "Task \(id.hex.prefix(8)) of \(group)" }
}
