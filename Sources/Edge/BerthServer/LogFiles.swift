import BerthWorld

/// Finds the files that containers write their output to.
struct LogFiles {
    let stateDirectory: String

    func files(of tasks: [WorldStatus.TaskView]) -> [LogFile] {
        tasks.flatMap { task in
            task.containers.map { container in
                LogFile(
                    task: task.id, service: task.service, container: container,
                    path: "\(stateDirectory)/logs/\(task.id)/\(container).log")
            }
        }
    }
}
