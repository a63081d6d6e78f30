import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@testable import BerthQueues

struct AdministrationTests {
    @Test func `creating again succeeds while the given attributes equal the present ones`() throws {
        var queues = Queues.fixture(["DelaySeconds": "5"])
        try queues.create(name: "jobs", at: .monday)
        try queues.setAttributes(["DelaySeconds": "6"], of: "jobs", at: .monday)
        try queues.create(name: "jobs", attributes: ["VisibilityTimeout": "30", "DelaySeconds": "6"], at: .monday)
        #expect(throws: Refusal.queueNameExists(differing: "DelaySeconds")) {
            try queues.create(name: "jobs", attributes: ["DelaySeconds": "5"], at: .monday)
        }
    }

    @Test(arguments: ["", "a.b", "jobs.fifo", "ä", String(repeating: "x", count: 81)])
    func `a bad name is refused`(name: String) throws {
        var queues = Queues.fixture()
        #expect(throws: Refusal.badQueueName()) { try queues.create(name: name, at: .monday) }
    }

    @Test func `FIFO queues are refused clearly`() throws {
        var queues = Queues.fixture()
        #expect(throws: Refusal.fifoNotSupported()) {
            try queues.create(name: "a.fifo", attributes: ["FifoQueue": "true"], at: .monday)
        }
        #expect(throws: Refusal.badFIFOQueueName()) {
            try queues.create(name: "a", attributes: ["FifoQueue": "true"], at: .monday)
        }
        #expect(throws: Refusal.unknownAttribute("FifoQueue")) {
            try queues.create(name: "a", attributes: ["FifoQueue": "false"], at: .monday)
        }
    }

    @Test(arguments: [
        ("DelaySeconds", "901"), ("MaximumMessageSize", "1023"), ("MessageRetentionPeriod", "59"),
        ("ReceiveMessageWaitTimeSeconds", "21"), ("VisibilityTimeout", "43201"), ("VisibilityTimeout", "soon"),
        ("Policy", "{"), ("SqsManagedSseEnabled", "yes"),
    ])
    func `a value out of range is refused`(name: String, value: String) throws {
        var queues = Queues.fixture()
        let before = queues
        #expect(throws: Refusal.invalidAttribute(name)) {
            try queues.setAttributes(["KmsMasterKeyId": "k", name: value], of: "jobs", at: .monday)
        }
        #expect(queues == before)
    }

    @Test(arguments: [(59, false), (60, true)])
    func `a deleted queue's name is free after a minute`(after: Int, isFree: Bool) throws {
        var queues = Queues.fixture()
        try queues.delete("jobs", at: .monday)
        let create = { (queues: inout Queues) in
            try queues.create(name: "jobs", at: .monday + .seconds(after))
        }
        if isFree {
            try create(&queues)
        } else {
            #expect(throws: Refusal.queueDeletedRecently()) { try create(&queues) }
        }
    }

    @Test func `a purge removes everything, once a minute`() throws {
        var queues = Queues.fixture()
        for number in 1...3 { try queues.send(number, delay: number == 3 ? 10 : 0) }
        let held = try #require(try queues.poll(limit: 1).first)
        try queues.purge("jobs", at: .monday)
        #expect(queues.count() == [0, 0, 0])
        #expect(queues.drain().released == [1, 2, 3])
        try queues.delete(held)
        #expect(throws: Refusal.purgeInProgress("jobs")) {
            try queues.purge("jobs", at: .monday + .seconds(59))
        }
        try queues.purge("jobs", at: .monday + .seconds(60))
    }

    @Test func `all attributes of a plain new queue`() throws {
        let queues = Queues.fixture()
        #expect(
            try queues.attributes(of: "jobs", names: ["All"]) == [
                "ApproximateNumberOfMessages": "0", "ApproximateNumberOfMessagesDelayed": "0",
                "ApproximateNumberOfMessagesNotVisible": "0", "CreatedTimestamp": "1767571200", "DelaySeconds": "0",
                "LastModifiedTimestamp": "1767571200", "MaximumMessageSize": "1048576",
                "MessageRetentionPeriod": "345600", "QueueArn": "arn:aws:sqs:us-east-1:000000000000:jobs",
                "ReceiveMessageWaitTimeSeconds": "0", "SqsManagedSseEnabled": "true", "VisibilityTimeout": "30",
            ])
        #expect(try queues.attributes(of: "jobs", names: []).isEmpty)
        #expect(try queues.attributes(of: "jobs", names: ["Policy", "FifoQueue"]).isEmpty)
        #expect(throws: Refusal.unknownAttribute("Foobar")) {
            try queues.attributes(of: "jobs", names: ["Foobar"])
        }
    }

    @Test func `a key replaces managed encryption, both at once are refused`() throws {
        var queues = Queues.fixture()
        try queues.setAttributes(["KmsMasterKeyId": "alias/x"], of: "jobs", at: .monday)
        #expect(
            try queues.attributes(
                of: "jobs", names: ["SqsManagedSseEnabled", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds"]) == [
                    "KmsDataKeyReusePeriodSeconds": "300", "KmsMasterKeyId": "alias/x",
                    "SqsManagedSseEnabled": "false",
                ])
        #expect(throws: Refusal.twoEncryptions()) {
            try queues.setAttributes(
                ["SqsManagedSseEnabled": "true", "KmsMasterKeyId": "k"], of: "jobs", at: .monday)
        }
    }

    @Test(arguments: [
        (
            #"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}"#,
            "Redrive policy does not contain mandatory attribute: maxReceiveCount."
        ),
        (#"{"maxReceiveCount":"3"}"#, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."),
        (
            #"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":1001}"#,
            "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive."
        ),
        (
            #"{"deadLetterTargetArn":"arn:aws:sns:us-east-1:000000000000:dead","maxReceiveCount":3}"#,
            "Only SQS queues are valid resources for deadLetterTargetArn"
        ),
        (
            #"{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:none","maxReceiveCount":3}"#,
            "Dead letter target does not exist."
        ),
        (
            #"{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:dead","maxReceiveCount":3}"#,
            "Dead-letter target must be in same region as the source."
        ),
    ])
    func `a bad redrive policy is refused`(policy: String, reason: String) throws {
        var queues = Queues.fixture()
        queues.make("dead")
        #expect(throws: Refusal.redrivePolicy(policy, reason)) {
            try queues.setAttributes(["RedrivePolicy": policy], of: "jobs", at: .monday)
        }
    }

    @Test func `a dead-letter queue can refuse sources, and lists those it has`() throws {
        var queues = Queues.fixture(maxReceives: 3)
        #expect(try queues.deadLetterSources(of: "dead") == ["jobs"])
        try queues.setAttributes(["RedriveAllowPolicy": #"{"redrivePermission":"denyAll"}"#], of: "dead", at: .monday)
        #expect(throws: Refusal.self) {
            try queues.create(
                name: "more", attributes: ["RedrivePolicy": .redrive(to: "dead", after: 3)], at: .monday)
        }
        try queues.setAttributes(["RedrivePolicy": ""], of: "jobs", at: .monday)
        #expect(try queues.deadLetterSources(of: "dead").isEmpty)
    }

    @Test func `queues are listed by prefix in alphabetical order`() {
        var queues = Queues.fixture()
        for name in ["b", "job", "a"] { queues.make(name) }
        #expect(queues.list() == ["a", "b", "job", "jobs"])
        #expect(queues.list(prefix: "job") == ["job", "jobs"])
    }

    @Test(arguments: ["http://localhost:4566/000000000000/jobs", "jobs", "https://sqs.us-east-1.amazonaws.com/1/jobs"])
    func `a queue URL means its last segment`(url: String) {
        #expect(Queues.name(fromURL: url) == "jobs")
    }

    @Test func `tags are set, replaced and removed`() throws {
        var queues = Queues.fixture()
        try queues.tag("jobs", with: [Tag(key: "a", value: "1"), Tag(key: "b", value: "2")], at: .monday)
        try queues.tag("jobs", with: [Tag(key: "a", value: "3")], at: .monday)
        try queues.untag("jobs", keys: ["b", "unknown"], at: .monday)
        #expect(try queues.tags(of: "jobs") == [Tag(key: "a", value: "3")])
    }

    @Test func `permissions edit the policy and go with their last statement`() throws {
        var queues = Queues.fixture()
        try queues.addPermission(
            label: "L", accounts: ["111111111111"], actions: ["SendMessage"], to: "jobs", at: .monday)
        #expect(
            try queues.attributes(of: "jobs", names: ["Policy"])["Policy"]
                == #"{"Version":"2008-10-17","Id":"arn:aws:sqs:us-east-1:000000000000:jobs/SQSDefaultPolicy","#
                + #""Statement":[{"Sid":"L","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"#
                + #""Action":"SQS:SendMessage","Resource":"arn:aws:sqs:us-east-1:000000000000:jobs"}]}"#)
        #expect(throws: Refusal.self) {
            try queues.addPermission(label: "L", accounts: ["1"], actions: ["SendMessage"], to: "jobs", at: .monday)
        }
        try queues.removePermission(label: "L", from: "jobs", at: .monday)
        #expect(try queues.attributes(of: "jobs", names: ["Policy"]).isEmpty)
        #expect(throws: Refusal.self) { try queues.removePermission(label: "L", from: "jobs", at: .monday) }
    }
}
