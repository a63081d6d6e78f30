import BerthCapacity
import BerthKernel
import BerthTestSupport
import OrderedCollections
import Testing

@Suite struct BillTests {
    @Test(arguments: [(14, 0.0), (15, 0.0), (16, 60.0), (75, 60.0), (76, 61.0)])
    func `billing begins when the instance runs and a minute is the least`(second: Int, paid: Double) throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(second))

        // An instance that has just begun to run owes its minute already.
        #expect(fixture.capacity.bill(at: fixture.now).instanceSecondsPaid == (second == 15 ? 60 : paid))
    }

    @Test func `an hour of a c5.xlarge costs its price, Spot a share`() throws {
        for (isSpot, price) in [(false, 0.17), (true, 0.17 * 0.35)] {
            var fixture = try Fixture(isSpot: isSpot)
            try fixture.createGroup(desired: 1)
            fixture.wait(.seconds(15 + 3_600))
            let bill = fixture.capacity.bill(at: fixture.now)
            #expect(abs(bill.cost - price) < 1e-9)
            #expect(abs(bill.currentHourlyRate - price) < 1e-9)
        }
    }

    @Test func `at pace 60 a second is billed as a minute`() throws {
        var fixture = try Fixture(pace: Pace(factor: 60))
        try fixture.createGroup(desired: 1)
        fixture.wait(.milliseconds(250) + .seconds(60))

        #expect(abs(fixture.capacity.bill(at: fixture.now).cost - 0.17) < 1e-9)
    }

    @Test func `idle is what ran without work`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(115))
        fixture.occupy(1)
        fixture.wait(.seconds(100))
        fixture.occupy(0)
        fixture.wait(.seconds(50))

        #expect(fixture.capacity.bill(at: fixture.now).idleSeconds == 150)
    }

    @Test func `a terminated instance stays on the bill and costs no more`() throws {
        var fixture = try Fixture()
        try fixture.createGroup(desired: 1)
        fixture.wait(.seconds(1_015))
        try fixture.capacity.setDesired(Fixture.group, to: 0, at: fixture.now)
        fixture.wait(.seconds(10_000))
        let bill = fixture.capacity.bill(at: fixture.now)

        #expect(fixture.capacity.instances.isEmpty)
        #expect(bill.instanceSecondsPaid == 1_000)
        #expect(bill.currentHourlyRate == 0)
    }
}
