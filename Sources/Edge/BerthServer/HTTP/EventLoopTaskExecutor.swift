import NIOCore

/// Runs tasks on the thread of one event loop.
///
/// A request that waits for the engine continues where its connection is written to, without a change of
/// threads, and what several requests waited for wakes their event loop once.
final class EventLoopTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
