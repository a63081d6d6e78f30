package import BerthKernel
import OrderedCollections

/// What the instances of a world have cost, in AWS time: at pace 60 an instance that ran a second of world
/// time is billed a minute.
///
/// Billed per second from `running` to `shutting-down`, a minute at least. No volumes, no data transfer.
package struct Bill: Hashable, Codable, Sendable {
    package let instanceSecondsPaid: Double
    /// Of these, seconds without a task other than daemons.
    package let idleSeconds: Double
    /// US dollars.
    package let cost: Double
    /// US dollars an hour for the instances that run now.
    package let currentHourlyRate: Double
}

/// Sums over instances, in whole units so that the order of adding does not matter.
struct Ledger: Hashable, Codable, Sendable {
    private(set) var paid: Duration = .zero
    private(set) var idle: Duration = .zero
    private(set) var nanodollars: Int64 = 0

    /// Adds what an instance cost until it stopped, or until `now` if it has not.
    mutating func add(_ instance: Instance, pace: Pace, at now: Instant) {
        guard instance.runningAt != nil else { return }
        let paid = max(instance.runningTime(at: now) * pace.factor, CapacityLimits.shortestBill)
        let busy = instance.busyTime(at: now) * pace.factor
        self.paid += paid
        idle += max(.zero, paid - busy)
        nanodollars += Int64((paid.inSeconds * instance.hourlyPrice / 3_600 * 1e9).rounded())
    }
}

extension Capacity {
    /// What would be on the bill if everything ended now.
    package func bill(at now: Instant) -> Bill {
        var ledger = ledger
        var rate = 0.0
        for instance in instances.values where instance.runningAt != nil && instance.stoppedAt == nil {
            ledger.add(instance, pace: pace, at: now)
            rate += instance.hourlyPrice
        }
        return Bill(
            instanceSecondsPaid: ledger.paid.inSeconds, idleSeconds: ledger.idle.inSeconds,
            cost: Double(ledger.nanodollars) / 1e9, currentHourlyRate: rate)
    }
}
