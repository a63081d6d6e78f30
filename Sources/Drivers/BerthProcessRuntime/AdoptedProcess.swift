import Foundation

/// A process that an earlier life of the server started: no longer a child, so only watched.
struct AdoptedProcess: Sendable {
    let process: Int32
    let birth: ProcessBirth

    init(_ container: TaskRecord.Container) {
        process = container.process
        birth = container.birth
    }

    /// How often to look.
    ///
    /// Nothing tells the end of a process that is not one's child.
    private static let interval = Duration.milliseconds(100)

    /// Whether it is still the process that was started, and not another with its number.
    var isAlive: Bool {
        ProcessTable.birth(of: process) == birth
    }

    /// Waits for its end.
    ///
    /// Cancelling the calling task stops it: signal, stop timeout, kill.
    ///
    /// A process that was gone from the start is not touched: its number may be another's by now.
    func run(stopTimeout: Duration) async {
        guard isAlive else { return }
        while isAlive {
            do {
                try await Task.sleep(for: Self.interval)
            } catch {
                // Cancellation is the order to stop, and stopping takes its time: hence a task of its own, which
                // the cancellation does not reach.
                await Task { await stop(within: stopTimeout) }.value
            }
        }
        killGroup(process)
    }

    private func stop(within timeout: Duration) async {
        _ = kill(process, SIGTERM)
        let deadline = ContinuousClock.now + timeout
        while isAlive, ContinuousClock.now < deadline {
            try? await Task.sleep(for: Self.interval)
        }
        guard isAlive else { return }
        killGroup(process)
        while isAlive { try? await Task.sleep(for: Self.interval) }
    }
}
