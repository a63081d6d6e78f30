import BerthKernel

/// What is left of the resource: little is good, so that other instances stay empty.
struct BinpackScore: PlacementScore {
    let field: PlacementStrategy.BinpackField

    func score(of instance: InstanceSnapshot) -> Int {
        switch field {
        case .cpu: instance.remaining.cpu
        case .memory: instance.remaining.memory
        }
    }
}
