package import BerthKernel

/// Runs tasks outside the world: as processes, as containers, or not at all.
///
/// Orders return at once and are carried out in the background; what comes of them is reported. A runtime
/// decides nothing: it neither restarts tasks nor drops orders. Every order is harmless when repeated.
package protocol TaskRuntime: Sendable {
    /// Comes first, once per start of the engine, with every launch the world believes to exist.
    ///
    /// Tasks of an earlier life that still run are taken over, those that ended meanwhile are reported, and
    /// what runs without being in `launches` is stopped. Launches never begun are left to ``start(_:)``.
    func recover(_ launches: [TaskLaunch])

    /// Starts a task, unless this task and generation is known already.
    func start(_ launch: TaskLaunch)

    /// Stops every container: signal, each container's stop timeout, kill.
    func stop(_ task: TaskID, generation: Int)

    /// Carries out orders until the calling task is cancelled.
    ///
    /// The reports of one task arrive one after another. A report counts as delivered when `report`
    /// returns; if it throws, the runtime keeps the outcome and reports it after the next recovery.
    func run(reporting report: @escaping @Sendable (TaskReport) async throws -> Void) async throws
}
