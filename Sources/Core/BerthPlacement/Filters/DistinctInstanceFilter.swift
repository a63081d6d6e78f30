/// No other task of the group may be on the instance.
struct DistinctInstanceFilter: PlacementFilter {
    func rejection(of instance: InstanceSnapshot) -> PlacementRejection? {
        instance.tasksOfGroup > 0 ? .distinctInstance : nil
    }
}
