import BerthKernel
import BerthQueues
import BerthWorld
import OrderedCollections

/// What callers of SQS do.
extension History {
    static let queues = ["demo-jobs", "alpha", "beta", "dead"]

    mutating func anyQueue() -> String {
        Self.queues[random.nextIndex(below: Self.queues.count)]
    }

    mutating func createQueue() {
        let name = anyQueue()
        let target = world.configuration.tenancy.arn("sqs", "dead")
        var attributes: OrderedDictionary<String, String> = ["VisibilityTimeout": "\(random.nextIndex(below: 60))"]
        if name == "alpha" {
            attributes["RedrivePolicy"] = "{\"deadLetterTargetArn\":\"\(target)\",\"maxReceiveCount\":2}"
        }
        send(CreateQueueCommand(queue: name, attributes: attributes, tags: []))
    }

    mutating func emptyQueue() {
        let name = anyQueue()
        let isDeletion = random.nextIndex(below: 3) == 0 && name != "demo-jobs"
        let model = messages
        change { $0.letGo(in: name, orAnywhere: name == "dead" || name.hasSuffix("letters")) }
        let isDone =
            isDeletion ? send(DeleteQueueCommand(queue: name)) != nil : send(PurgeQueueCommand(queue: name)) != nil
        if !isDone { change { $0 = model } }
    }

    mutating func sendMessages() {
        let queue = anyQueue()
        let count = 1 + random.nextIndex(below: 12)
        var outgoing: [OutgoingMessage] = []
        for _ in 0..<count {
            let payload = PayloadRef(segment: nextNumber, offset: 0, length: 10)
            nextNumber += 1
            let delay = random.nextIndex(below: 4) == 0 ? random.nextIndex(below: 1_000) : nil
            outgoing.append(OutgoingMessage(payload: payload, size: 10, delaySeconds: delay))
        }
        // A waiting poll may get a message before the command has returned.
        let numbers = outgoing.map(\.payload.segment)
        change { model in
            for message in outgoing {
                let isRefused = (message.delaySeconds ?? 0) > 900
                model.sent(message.payload.segment, to: queue, willBeRefused: isRefused)
            }
        }
        let replies = send(SendMessages(queue: queue, messages: outgoing))
        for (index, number) in numbers.enumerated() {
            if case .success? = replies?[index] { continue }
            change { $0.unsent(number) }
        }
    }

    mutating func receive() {
        let seconds = random.nextIndex(below: 90)
        let waiter = nextNumber
        nextNumber += 1
        let holder = running.isEmpty ? nil : running[random.nextIndex(below: running.count)].task
        let request = ReceiveRequest(
            queue: anyQueue(), limit: 1 + random.nextIndex(below: 11), visibilityTimeout: seconds,
            waitSeconds: random.nextIndex(below: 3) == 0 ? 0 : random.nextIndex(below: 22), waiter: waiter,
            holder: holder)
        switch send(ReceiveMessages(request: request)) {
        case .messages(let received):
            let now = now
            change { $0.delivered(received, visibility: seconds, at: now) }
        case .waiting: change { $0.expectAnswer(to: waiter, visibility: seconds) }
        case nil: break
        }
        guard random.nextIndex(below: 8) == 0 else { return }
        send(CancelReceives(waiter: waiter))
        change { $0.cancel(waiter) }
    }

    mutating func useHandle() {
        guard !messages.handles.isEmpty else { return }
        let recent = messages.handles.suffix(40)
        let given = recent[recent.startIndex + random.nextIndex(below: recent.count)]
        let queue = random.nextIndex(below: 10) == 0 ? anyQueue() : given.queue
        let handle = random.nextIndex(below: 12) == 0 ? "nonsense" : given.handle
        guard random.nextIndex(below: 3) == 0 else {
            let wasLive = messages
            change { $0.doom(given.number) }
            if case .success? = send(DeleteMessages(queue: queue, handles: [handle]))?.first { return }
            change { $0 = wasLive }
            return
        }
        let seconds = random.nextIndex(below: 120)
        let before = messages
        let end = now + .seconds(seconds)
        // A newer receive has its own timeout; only the newest handle speaks for the message.
        guard messages.handles.last(where: { $0.number == given.number })?.handle == handle else { return }
        change { $0.hidden(given.number, until: end) }
        let entry = ChangeVisibilities.Entry(handle: handle, seconds: seconds)
        if case .success? = send(ChangeVisibilities(queue: queue, entries: [entry]))?.first { return }
        change { $0 = before }
    }

    mutating func changeQueue() {
        let (queue, seconds) = (anyQueue(), random.nextIndex(below: 100))
        switch random.nextIndex(below: 5) {
        case 0: send(SetQueueAttributesCommand(queue: queue, attributes: ["DelaySeconds": "\(seconds)"]))
        case 1: send(SetQueueAttributesCommand(queue: queue, attributes: ["Nonsense": "1"]))
        case 2: send(TagQueueCommand(queue: queue, added: [Tag(key: "k", value: "\(seconds)")], removed: ["other"]))
        case 3: send(AddPermissionCommand(queue: queue, label: "l", accounts: ["1"], actions: ["SendMessage"]))
        default: send(RemovePermissionCommand(queue: queue, label: "l"))
        }
    }
}
