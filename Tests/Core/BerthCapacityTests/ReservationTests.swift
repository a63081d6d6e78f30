import BerthCapacity
import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@Suite struct ReservationTests {
    /// Target, instances, busy of them, waiting tasks: reservation and the size it asks for.
    static let table = """
        100 0 0 0   -> 100 -
        100 0 0 1   -> 200 2
        100 0 0 99  -> 200 2
        80  0 0 1   -> 200 3
        50  0 0 1   -> 200 4
        90  0 0 0   -> 90 -
        100 2 2 0   -> 100 2
        100 2 1 0   -> 50 1
        100 2 0 0   -> 0 0
        100 2 2 7   -> 200 4
        100 2 2 1   -> 150 3
        100 3 3 1   -> 133 4
        80  4 4 0   -> 100 5
        80  5 4 0   -> 80 5
        """

    @Test(arguments: table.split(separator: "\n").map(String.init))
    func `the reservation is needed over present instances`(row: String) throws {
        let numbers = row.split { " ->".contains($0) }.map(String.init)
        let columns = numbers.map { Int($0) ?? -1 }
        var fixture = try Fixture.managed(
            min: columns[1], scaling: .init(targetCapacity: columns[0]))
        fixture.wait(.seconds(80))
        fixture.occupy(columns[2])
        fixture.wait(.seconds(60), demand: [.tasks(columns[3])])

        #expect(fixture.percent.map { Int($0) } == columns[4])
        let size = fixture.capacity.providers[Fixture.provider]?.reservation?.proposedSize
        #expect(size == (columns.count > 5 ? columns[5] : nil))
        #expect(fixture.samples.last == fixture.percent)
    }

    @Test(arguments: [
        (DemandGroup.tasks(9), 3), (.tasks(9, memory: 4_096), 9), (.tasks(9, networkInterfaces: 1), 3),
        (.tasks(9, isDistinct: true), 9), (.tasks(9, ports: [8_080]), 9), (.tasks(8, cpu: 0), 2),
    ])
    func `waiting tasks are counted by what runs out first`(group: DemandGroup, instances: Int) throws {
        var fixture = try Fixture.managed(min: 1)
        fixture.wait(.seconds(80))
        fixture.occupy(1)
        fixture.wait(.seconds(60), demand: [group])

        #expect(fixture.percent == Double(100 * (1 + instances)))
    }

    @Test func `of several groups the largest counts, or the sum where the settings say so`() throws {
        for (aggregate, percent) in [(CapacitySettings.DemandAggregate.maximum, 300.0), (.sum, 500.0)] {
            var settings = CapacitySettings()
            settings.demandAggregate = aggregate
            var fixture = try Fixture.managed(min: 1, settings: settings)
            fixture.wait(.seconds(80))
            fixture.wait(.seconds(60), demand: [.tasks(8), .tasks(4, cpu: 512), .tasks(1, cpu: 4_000)])
            #expect(fixture.percent == percent)
        }
    }

    @Test(arguments: [(1, 300.0), (3, 300.0), (99, 600.0)])
    func `step sizes bound what is asked for`(tasks: Int, percent: Double) throws {
        var fixture = try Fixture.managed(min: 1, scaling: .init(minimumStep: 2, maximumStep: 5))
        fixture.wait(.seconds(80))
        fixture.wait(.seconds(60), demand: [.tasks(tasks)])

        #expect(fixture.percent == percent)
    }

    @Test(arguments: [DemandGroup.tasks(1, memory: 7_783), .tasks(1, gpus: 1), .tasks(1, ports: [22])])
    func `tasks that fit no instance ask for none`(group: DemandGroup) throws {
        var fixture = try Fixture.managed()
        fixture.wait(.seconds(60), demand: [group])

        #expect(fixture.percent == 100)
        #expect(fixture.sentences.last?.contains("no instance type of the group is large enough") == true)
    }

    @Test func `daemons alone leave an instance empty`() throws {
        var fixture = try Fixture.managed(min: 1)
        fixture.wait(.seconds(80))
        fixture.capacity.observeOccupancy(fixture.live[0].id, nonDaemonTasks: 0, allTasks: 2, at: fixture.now)
        fixture.wait(.seconds(60))

        #expect(fixture.percent == 0)
    }

    @Test func `the reservation is due every minute from the association on`() throws {
        var fixture = try Fixture.managed(pace: Pace(factor: 60))
        fixture.wait(.seconds(10))

        #expect(fixture.samples == Array(repeating: 100, count: 10))
        #expect(fixture.sentences.count { $0.contains("has a reservation") } == 1)
    }

    @Test func `without managed scaling or without a cluster nothing is published`() throws {
        var disabled = try Fixture.managed(scaling: .disabled)
        disabled.wait(.seconds(300))
        #expect(disabled.samples.isEmpty)

        var dissociated = try Fixture.managed()
        let policy = try #require(dissociated.capacity.providers[Fixture.provider]?.policy)
        dissociated.capacity.dissociate(provider: Fixture.provider, cluster: Fixture.cluster, at: dissociated.now)
        dissociated.wait(.seconds(300))
        #expect(dissociated.samples.isEmpty)
        #expect(dissociated.events.contains(.alarmUnwanted(policy.highAlarm)))
        #expect(dissociated.events.contains(.alarmUnwanted(policy.lowAlarm)))
    }

    @Test func `the alarms compare with the target, one minute up and fifteen down`() throws {
        let fixture = try Fixture.managed(scaling: .init(targetCapacity: 80))
        let alarms = fixture.events.compactMap { if case .alarmWanted(let alarm) = $0 { alarm } else { nil } }
        let policy = try #require(fixture.capacity.providers[Fixture.provider]?.policy)

        #expect(alarms.map(\.name) == [policy.highAlarm, policy.lowAlarm])
        #expect(alarms.map(\.evaluationPeriods) == [1, 15])
        #expect(alarms.map(\.threshold) == [80, 80])
        #expect(alarms.map(\.comparison) == [.greaterThanThreshold, .lessThanThreshold])
        #expect(alarms.allSatisfy { $0.alarmActions == [policy.arn] })
        #expect(policy.arn.contains(":autoScalingGroupName/workers:policyName/ECSManagedAutoScalingPolicy-"))
    }

    @Test func `instances registered before the association are not counted`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(80))
        _ = try fixture.capacity.createProvider(
            .init(name: Fixture.provider, group: Fixture.group, managedScaling: .init()), at: fixture.now)
        fixture.capacity.associate(provider: Fixture.provider, cluster: Fixture.cluster, at: fixture.now)
        fixture.wait(.seconds(60), demand: [.tasks(1)])

        #expect(fixture.percent == 200)
    }
}
