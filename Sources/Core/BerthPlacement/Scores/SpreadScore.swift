/// Tasks of the group that share the instance's value of the key: few is good.
///
/// All instances are counted, not only those with room, or a full zone would look like an empty one.
struct SpreadScore: PlacementScore {
    private let attribute: String?
    private var tasksByValue: [String?: Int] = [:]

    init(key: PlacementStrategy.SpreadKey, instances: [InstanceSnapshot]) {
        switch key {
        case .instance:
            attribute = nil
        case .attribute(let name):
            attribute = name
            for index in instances.indices where instances[index].tasksOfGroup > 0 {
                tasksByValue[instances[index].attributeValue(name), default: 0] += instances[index].tasksOfGroup
            }
        }
    }

    func score(of instance: InstanceSnapshot) -> Int {
        guard let attribute else { return instance.tasksOfGroup }
        return tasksByValue[instance.attributeValue(attribute)] ?? 0
    }
}
