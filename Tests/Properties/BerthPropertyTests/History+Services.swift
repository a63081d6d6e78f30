import BerthCapacity
import BerthECS
import BerthKernel
import BerthMetrics
import BerthStacks
import BerthTemplateFormats
import BerthWorld
import Foundation
import OrderedCollections

/// What callers of ECS, Auto Scaling, CloudWatch and CloudFormation do, and what the runtime reports.
extension History {
    mutating func beginWithStack() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "Examples/QueueWorker/template.yml"), encoding: .utf8)
        let document = try TemplateDocument(text)
        createStack(document)
        guard world.stacks.liveStacks.isEmpty == false else { throw StackRefused() }
    }

    mutating func createStack(_ document: TemplateDocument, name: String = "demo") {
        let request = CreateStackRequest(
            name: name, template: document.value, templateText: document.text, capabilities: ["CAPABILITY_IAM"])
        send(CreateStackCommand(request: request))
    }

    /// Rarely, because everything else then has nothing left to do.
    mutating func changeStacks() throws {
        switch random.nextIndex(below: 12) {
        case 0:
            change { $0.letGo(in: "demo-jobs", orAnywhere: true, fromNowOn: true) }
            send(DeleteStackCommand(stack: "demo"))
        case 1: send(DeleteStackCommand(stack: "nowhere"))
        case 2...5:
            let queue = sideQueue
            change { $0.letGo(in: queue, orAnywhere: queue == "dead", fromNowOn: true) }
            send(DeleteStackCommand(stack: "side"))
        default:
            let name = anyQueue()
            let template = """
                Resources:
                  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: side}}
                  Copy: {Type: AWS::SQS::Queue, DependsOn: Queue, Properties: {QueueName: \(name)}}
                """
            if world.stacks.stack("side") == nil { sideQueue = name }
            createStack(try TemplateDocument(template), name: "side")
        }
    }

    mutating func changeService() {
        let service = random.nextIndex(below: 3) == 0 ? "extra" : "worker"
        let count = random.nextIndex(below: 7) - 1
        switch random.nextIndex(below: 7) {
        case 0:
            let strategy = world.ecs.clusters["demo"]?.defaultStrategy ?? []
            send(
                CreateServiceCommand(
                    specification: ServiceSpecification(
                        cluster: "demo", name: "extra", taskDefinition: "demo-worker", desiredCount: count,
                        strategy: strategy)))
        case 1: send(DeleteServiceCommand(cluster: "demo", service: "extra", force: count > 2))
        case 2:
            send(
                UpdateServiceCommand(
                    update: ServiceUpdate(cluster: "demo", service: service, forceNewDeployment: true)))
        default:
            send(
                UpdateServiceCommand(
                    update: ServiceUpdate(cluster: "demo", service: service, desiredCount: count)))
        }
    }

    mutating func changeTasks() {
        let live = world.ecs.tasks.values.filter { $0.lastStatus != .stopped }
        let chosen = live.isEmpty ? "0123" : live[random.nextIndex(below: live.count)].id.hex
        switch random.nextIndex(below: 4) {
        case 0:
            send(
                RunTaskCommand(
                    request: RunTaskRequest(
                        cluster: "demo", taskDefinition: "demo-worker", count: random.nextIndex(below: 4),
                        placementStrategies: [])))
        case 1: send(StopTaskCommand(cluster: "demo", task: chosen, reason: "chance"))
        default:
            send(
                UpdateTaskProtectionCommand(
                    cluster: "demo", tasks: [chosen], isEnabled: random.nextIndex(below: 2) == 0,
                    expiresInMinutes: random.nextIndex(below: 40)))
        }
    }

    mutating func changeCapacity() {
        let group = world.capacity.groups.keys.first ?? "none"
        let instances = world.ecs.instances.values.elements
        let chosen = instances.isEmpty ? nil : instances[random.nextIndex(below: instances.count)]
        switch random.nextIndex(below: 6) {
        case 0: send(SetDesiredCapacityCommand(group: group, desired: random.nextIndex(below: 7) - 1))
        case 1:
            guard let chosen else { return }
            send(TerminateInstanceCommand(instance: chosen.instance, decrements: random.nextIndex(below: 2) == 0))
        case 2:
            guard let chosen else { return }
            send(
                SetInstanceProtectionCommand(
                    group: group, instances: [chosen.instance], isProtected: random.nextIndex(below: 2) == 0))
        case 3:
            send(
                PutClusterCapacityProvidersCommand(cluster: "demo", providers: ["nonsense"], defaultStrategy: []))
        default:
            send(
                UpdateContainerInstancesStateCommand(
                    cluster: "demo", instances: [chosen?.id.hex ?? "nothing"],
                    status: random.nextIndex(below: 2) == 0 ? .draining : .active))
        }
    }

    mutating func changeAlarms() {
        let alarm = ["demo-messages", "demo-empty", "nonsense"][random.nextIndex(below: 3)]
        let state = AlarmState.allCases[random.nextIndex(below: 3)]
        send(SetAlarmStateCommand(alarm: alarm, state: state, reason: "chance", reasonData: nil))
    }

    /// The runtime gets on with something, well or badly.
    mutating func playRuntime() {
        if !starting.isEmpty, random.nextIndex(below: 3) > 0 {
            let launch = starting.remove(at: random.nextIndex(below: starting.count))
            if random.nextIndex(below: 8) == 0 {
                report(launch, .failedToStart(container: "worker", reason: "CannotStartContainerError: chance"))
                report(launch, .stopped)
            } else {
                running.append(launch)
                report(launch, .started(runtimeIDs: ["1"]))
            }
        } else if !stopping.isEmpty {
            let (task, generation) = stopping.remove(at: random.nextIndex(below: stopping.count))
            running.removeAll { $0.task == task }
            starting.removeAll { $0.task == task }
            send(ReportTask(report: TaskReport(task: task, generation: generation, event: .stopped)))
        } else if !running.isEmpty, random.nextIndex(below: 4) == 0 {
            let launch = running.remove(at: random.nextIndex(below: running.count))
            report(launch, .containerExited(container: "worker", exitCode: 0, reason: nil))
            report(launch, .stopped)
        }
    }

    private mutating func report(_ launch: TaskLaunch, _ event: TaskReport.Event) {
        send(ReportTask(report: TaskReport(task: launch.task, generation: launch.generation, event: event)))
    }

    struct StackRefused: Error {}
}
