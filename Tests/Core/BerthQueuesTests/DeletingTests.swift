import BerthKernel
import BerthTestSupport
import Testing

@testable import BerthQueues

struct DeletingTests {
    @Test func `a deleted message is gone and its body released`() throws {
        var queues = Queues.fixture()
        try queues.send(7)
        let message = try #require(try queues.poll().first)
        try queues.delete(message)
        #expect(queues.drain().released == [7])
        queues.pass(31)
        #expect(queues.count() == [0, 0, 0])
    }

    @Test func `deleting again succeeds, and does not touch the slot's next message`() throws {
        var queues = Queues.fixture()
        try queues.send(1)
        let message = try #require(try queues.poll().first)
        try queues.delete(message)
        try queues.send(2)
        try queues.delete(message)
        #expect(try queues.poll().numbers == [2])
    }

    @Test func `a handle deletes after its visibility timeout, and after another receive`() throws {
        var queues = Queues.fixture()
        try queues.send(1)
        try queues.send(2)
        let first = try queues.poll(hidden: 1)
        try queues.delete(first[0], after: 5)
        _ = try queues.poll(after: 5)
        try queues.delete(first[1], after: 5)
        #expect(queues.count() == [0, 0, 0])
    }

    @Test func `a handle that no queue gave out, or another queue, is refused`() throws {
        var queues = Queues.fixture()
        queues.make("other")
        try queues.send(1)
        let message = try #require(try queues.poll().first)
        let before = queues
        #expect(throws: Refusal.badReceiptHandle("garbage")) {
            try queues.deleteMessage(handle: "garbage", from: "jobs", at: .monday)
        }
        #expect(throws: Refusal.badReceiptHandle(message.receiptHandle)) {
            try queues.deleteMessage(handle: message.receiptHandle, from: "other", at: .monday)
        }
        #expect(queues == before)
    }

    @Test func `a handle with one character changed is refused`() throws {
        var queues = Queues.fixture()
        try queues.send(1)
        let handle = try #require(try queues.poll().first).receiptHandle
        for index in handle.indices {
            var forged = handle
            forged.replaceSubrange(index...index, with: handle[index] == "B" ? "C" : "B")
            #expect(ReceiptHandle(forged) == nil)
        }
    }
}

struct ChangingVisibilityTests {
    @Test func `the new timeout counts from the call`() throws {
        var queues = Queues.fixture()
        try queues.send()
        let message = try #require(try queues.poll().first)
        queues.pass(15)
        try queues.changeVisibility(handle: message.receiptHandle, to: 20, in: "jobs", at: .monday + .seconds(15))
        #expect(try queues.poll(after: 34).isEmpty)
        #expect(try queues.poll(after: 35).count == 1)
    }

    @Test func `zero makes a message visible at once`() throws {
        var queues = Queues.fixture()
        try queues.send()
        let message = try #require(try queues.poll().first)
        try queues.changeVisibility(handle: message.receiptHandle, to: 0, in: "jobs", at: .monday)
        #expect(queues.count() == [1, 0, 0])
    }

    @Test func `a message whose timeout is over is hidden again`() throws {
        var queues = Queues.fixture()
        try queues.send()
        let message = try #require(try queues.poll(hidden: 1).first)
        queues.pass(2)
        try queues.changeVisibility(handle: message.receiptHandle, to: 10, in: "jobs", at: .monday + .seconds(2))
        #expect(try queues.poll(after: 11).isEmpty)
        #expect(try queues.poll(after: 12).count == 1)
    }

    @Test(arguments: [(43_199, true), (43_200, false)])
    func `twelve hours from the receive are the most`(seconds: Int, isAllowed: Bool) throws {
        var queues = Queues.fixture()
        try queues.send()
        let handle = try #require(try queues.poll().first).receiptHandle
        queues.pass(1)
        let before = queues
        let change = { (queues: inout Queues) in
            try queues.changeVisibility(handle: handle, to: seconds, in: "jobs", at: .monday + .seconds(1))
        }
        if isAllowed {
            try change(&queues)
        } else {
            #expect(throws: Refusal.totalVisibility(43_200)) { try change(&queues) }
            #expect(queues == before)
        }
    }

    @Test func `a deleted message and a number out of range are refused`() throws {
        var queues = Queues.fixture()
        try queues.send()
        let message = try #require(try queues.poll().first)
        let handle = message.receiptHandle
        #expect(throws: Refusal.visibilityOutOfRange(43_201)) {
            try queues.changeVisibility(handle: handle, to: 43_201, in: "jobs", at: .monday)
        }
        try queues.delete(message)
        #expect(throws: Refusal.visibilityOfMissingMessage(handle)) {
            try queues.changeVisibility(handle: handle, to: 1, in: "jobs", at: .monday)
        }
    }
}
