package import BerthKernel

/// Chooses an instance for one task, or says for every instance why it will not do.
///
/// Filters reject; strategies then order what is left, each refining the one before. What no strategy tells
/// apart goes to the lowest container instance id (AWS documents no rule). Takes time in proportion to the
/// instances. Only the strategy `random` draws from the stream, and only when there is a choice.
///
/// - AWS: ECS Developer Guide, *How Amazon ECS places tasks on container instances*.
package func place(
    _ request: PlacementRequest, on instances: [InstanceSnapshot], random: inout RandomStream
) -> PlacementOutcome {
    let filters = request.filters()
    var candidates: [Int] = []
    var rejections = Rejections()
    for index in instances.indices {
        if let (stage, reason) = filters.firstRejection(of: instances[index]) {
            rejections.add(.init(instance: instances[index].id, reason: reason), stage: stage)
        } else {
            candidates.append(index)
        }
    }
    for strategy in request.strategies where candidates.count > 1 {
        candidates = strategy.refine(candidates, among: instances, random: &random)
    }
    let chosen = candidates.min { instances[$0].id < instances[$1].id }
    return PlacementOutcome(
        chosen: chosen, verdicts: rejections.verdicts, closest: chosen == nil ? rejections.closest : nil)
}

extension [any PlacementFilter] {
    /// The first objection, and how many filters had passed the instance before.
    fileprivate func firstRejection(of instance: InstanceSnapshot) -> (stage: Int, reason: PlacementRejection)? {
        for (stage, filter) in enumerated() {
            if let reason = filter.rejection(of: instance) { return (stage, reason) }
        }
        return nil
    }
}

/// Collects verdicts and keeps the closest of them in view.
private struct Rejections {
    private(set) var verdicts: [PlacementOutcome.Verdict] = []
    private(set) var closest: PlacementOutcome.Verdict?
    private var closestStage = -1
    private var closestShortage = 0.0

    mutating func add(_ verdict: PlacementOutcome.Verdict, stage: Int) {
        verdicts.append(verdict)
        let shortage = verdict.reason.shortage
        guard let current = closest else { return keep(verdict, stage, shortage) }
        let isCloser = (-stage, shortage) < (-closestStage, closestShortage)
        let isEqual = stage == closestStage && shortage == closestShortage
        if isCloser || isEqual && verdict.instance < current.instance { keep(verdict, stage, shortage) }
    }

    private mutating func keep(_ verdict: PlacementOutcome.Verdict, _ stage: Int, _ shortage: Double) {
        closest = verdict
        closestStage = stage
        closestShortage = shortage
    }
}

extension PlacementRejection {
    /// The missing share of what is needed, from 0 to 1 and beyond when more than everything is given away.
    fileprivate var shortage: Double {
        switch self {
        case .cpu(let needed, let remaining), .memory(let needed, let remaining), .gpu(let needed, let remaining),
            .networkInterface(let needed, let remaining):
            Double(needed - remaining) / Double(needed)
        case .port, .attribute, .zone, .distinctInstance, .memberOf: 0
        }
    }
}
