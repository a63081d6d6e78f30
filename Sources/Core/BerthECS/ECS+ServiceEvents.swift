import BerthKernel
import OrderedCollections

extension ECS {
    /// Adds a line to the service's history, dropping the oldest beyond the limit.
    mutating func record(_ message: String, for key: ServiceKey, at now: Instant) {
        let event = ServiceEvent(id: UniqueID(from: &random.events), createdAt: now, message: message)
        services[key]?.events.insert(event, at: 0)
        if let count = services[key]?.events.count, count > ECSLimits.serviceEvents {
            services[key]?.events.removeLast(count - ECSLimits.serviceEvents)
        }
    }

    /// The same for a complaint, which is not repeated until its cause is gone or some hours have passed.
    ///
    /// - Returns: whether the complaint is new.
    @discardableResult
    mutating func note(_ message: String, for key: ServiceKey, at now: Instant) -> Bool {
        if let last = services[key]?.complaint, last.message == message,
            now < last.instant + pace(settings.eventRepeat)
        {
            return false
        }
        services[key]?.complaint = ECSService.Complaint(message: message, instant: now)
        record(message, for: key, at: now)
        return true
    }

    /// Notes a complaint for which no other decision gives the reason.
    mutating func complain(_ message: String, for key: ServiceKey, at now: Instant) {
        guard note(message, for: key, at: now) else { return }
        decide(.service, key.service, message.hasSuffix(".") ? message : message + ".", at: now)
    }
}
