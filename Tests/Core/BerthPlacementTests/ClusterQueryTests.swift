import BerthKernel
import BerthPlacement
import Testing

@Suite struct ClusterQueryTests {
    static let instance: InstanceSnapshot = {
        var snapshot = InstanceSnapshot.fixture(
            0x1234, type: "g4dn.xlarge", zone: "us-east-1a", attributes: ["stack": "prod", "ssd": nil, "level": "10"],
            total: 3, groups: ["service:web", "family:job"])
        snapshot.registeredAt = .seconds(1_767_571_200)
        return snapshot
    }()

    static let table = """
        attribute:ecs.instance-type == g4dn.xlarge                                  -> yes
        attribute:ecs.instance-type equals t2.micro                                 -> no
        attribute:ecs.instance-type != t2.micro                                     -> yes
        attribute:ecs.instance-type =~ g4dn.*                                       -> yes
        attribute:ecs.instance-type =~ g4dn                                         -> no
        attribute:ecs.instance-type matches "g[45]dn?\\..+"                         -> yes
        attribute:ecs.instance-type !~ g4dn.*                                       -> no
        attribute:ecs.availability-zone in [us-east-1a, us-east-1b]                 -> yes
        attribute:ecs.availability-zone !in [us-east-1a,us-east-1b]                 -> no
        attribute:ecs.availability-zone not_in [us-east-1c]                         -> yes
        attribute:ssd exists                                                        -> yes
        attribute:ssd == true                                                       -> no
        attribute:rack exists                                                       -> no
        attribute:rack !exists                                                      -> yes
        attribute:rack not_exists                                                   -> yes
        attribute:rack != 7                                                         -> yes
        attribute:rack == 7                                                         -> no
        attribute:level > 9                                                         -> yes
        attribute:level < 9                                                         -> no
        runningTasksCount >= 3                                                      -> yes
        runningTasksCount less_than 3                                               -> no
        runningTasksCount <= 3 && runningTasksCount > 2                             -> yes
        agentConnected == true                                                      -> yes
        agentVersion > 1.9.0                                                        -> yes
        agentVersion greater_than_equal 1.100.0                                     -> no
        ec2InstanceId == i-00000000000001234                                        -> yes
        registeredAt >= 2026-01-05                                                  -> yes
        registeredAt < 2026-01-05T00:00:00Z                                         -> no
        task:group == service:web                                                   -> yes
        task:group == service:db                                                    -> no
        not(task:group == service:db)                                               -> yes
        !(task:group == service:web)                                                -> no
        task:group == service:db or attribute:stack == prod and runningTasksCount > 9 -> no
        attribute:stack == prod || task:group == service:db && runningTasksCount > 9  -> yes
        (attribute:stack == prod or task:group == service:db) and runningTasksCount > 9 -> no
        attribute:stack == 'prod'                                                   -> yes
        """

    @Test(arguments: table.split(separator: "\n").map(String.init))
    func `a query holds for what it describes`(row: String) throws {
        let columns = row.split(separator: "-> ")
        let query = try ClusterQuery(columns.dropLast().joined())

        #expect(query.matches(Self.instance) == (columns.last == "yes"))
    }

    @Test(arguments: [
        "", "attribute:a", "attribute: == b", "attribute:a ==", "attribute:a == b c", "rack == 7",
        "(attribute:a exists", "attribute:a in b", "attribute:a in [b", "attribute:a = b", "attribute:a == \"b",
        "attribute:a =~ \"[\"", "attribute:a exists and", String(repeating: "a", count: 2_001),
    ])
    func `what cannot be read is refused`(text: String) throws {
        let refusal = #expect(throws: Refusal.self) { try ClusterQuery(text) }

        #expect(refusal?.code == "InvalidParameterException")
    }
}
