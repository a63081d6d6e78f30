/// The instance must satisfy a cluster query.
struct MemberOfFilter: PlacementFilter {
    private let text: String
    private let isMember: (InstanceSnapshot) -> Bool

    init(query: ClusterQuery) {
        text = query.text
        isMember = query.predicate()
    }

    func rejection(of instance: InstanceSnapshot) -> PlacementRejection? {
        isMember(instance) ? nil : .memberOf(text)
    }
}
