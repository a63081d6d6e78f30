package import BerthKernel
package import BerthWorld

/// The bounds of an engine: what it holds in memory, and how much it does at once.
package struct EngineConfiguration: Sendable {
    /// Requests waiting to be taken up; one more is refused with ``EngineError/Code/overloaded``.
    package var mailboxCapacity = 16_384
    /// Requests that share one commit.
    package var batchLimit = 1_024
    /// Body bytes after which a commit takes no more requests.
    ///
    /// The size of a segment, more or less.
    package var batchPayloadBytes = 4 << 20
    /// A snapshot is taken when the journal has grown by this much, and by the size of the last snapshot.
    package var snapshotAfterBytes = 8 << 20
    /// Bodies kept in memory, newest first, so that receiving what was just sent reads no disk.
    package var payloadCacheBytes = 32 << 20
    /// Decisions a slow subscriber may lag behind; older ones are lost to it.
    package var decisionBuffer = 1_024

    package init() {}
}

/// What an engine says to a world on its own account.
package struct EngineCommands: Sendable {
    /// Brings in what a runtime reported.
    package var report: @Sendable (TaskReport) -> any Command
    /// Comes first after a restart: forgets every open long poll, since no client survived.
    package var forgetWaiters: any Command
    /// The tasks a world wants to exist outside, from its state alone, as they were launched.
    package var launches: @Sendable (World) -> [TaskLaunch]
    /// The stops a world waits for, from its state alone.
    package var stops: @Sendable (World) -> [(task: TaskID, generation: Int)]

    package init(
        report: @escaping @Sendable (TaskReport) -> any Command, forgetWaiters: any Command,
        launches: @escaping @Sendable (World) -> [TaskLaunch],
        stops: @escaping @Sendable (World) -> [(task: TaskID, generation: Int)]
    ) {
        self.report = report
        self.forgetWaiters = forgetWaiters
        self.launches = launches
        self.stops = stops
    }
}
