/// The instance's zone must have one of the task's subnets: an `awsvpc` interface cannot leave its zone.
struct ZoneFilter: PlacementFilter {
    let zones: [String]

    func rejection(of instance: InstanceSnapshot) -> PlacementRejection? {
        zones.contains(instance.zone) ? nil : .zone(instance.zone)
    }
}
