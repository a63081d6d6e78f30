import BerthKernel

/// The attributes a task definition requires must be there, with any value or none.
struct AttributeFilter: PlacementFilter {
    let names: [String]

    func rejection(of instance: InstanceSnapshot) -> PlacementRejection? {
        names.first { !instance.hasAttribute($0) }.map { .attribute($0) }
    }
}

extension InstanceSnapshot {
    /// Zone and type answer to their built-in names even when the list of attributes leaves them out.
    func hasAttribute(_ name: String) -> Bool {
        attributeValue(name) != nil || attributes.contains { $0.name == name }
    }

    /// The value of an attribute; `nil` when it is absent or has none.
    func attributeValue(_ name: String) -> String? {
        switch name {
        case "ecs.availability-zone": zone
        case "ecs.instance-type": instanceType
        default: attributes.first { $0.name == name }?.value
        }
    }
}
