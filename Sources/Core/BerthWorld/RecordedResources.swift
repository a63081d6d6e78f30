import BerthKernel
package import BerthTemplates
package import OrderedCollections

/// Resources kept for their identity and attributes only: roles, networks, log groups.
///
/// Nothing decides by them, with one exception: the zone of a subnet says where instances go.
package struct RecordedResources: Sendable, Equatable, Codable {
    package struct Entry: Hashable, Codable, Sendable {
        package let type: String
        package let attributes: OrderedDictionary<String, TemplateValue>
    }

    package private(set) var entries: OrderedDictionary<String, Entry> = [:]
    private var stream: RandomStream

    init(seed: UInt64) {
        stream = RandomStream(seed: seed, purpose: "recorded")
    }

    /// `PREFIX-0` and 16 hexadecimal digits, as EC2 numbers its resources.
    mutating func newID(_ prefix: String) -> String {
        "\(prefix)-0" + hexDigits(stream.next(), 16)
    }

    mutating func add(_ id: String, _ entry: Entry) {
        entries[id] = entry
    }

    mutating func remove(_ id: String) {
        entries[id] = nil
    }

    /// The zone of a subnet that a stack made.
    func zone(ofSubnet id: String) -> String? {
        entries[id]?.attributes["AvailabilityZone"]?.text
    }
}
