import BerthKernel

/// The default VPC of the account: one subnet in every availability zone.
package struct Network: Hashable, Codable, Sendable {
    package struct Zone: Hashable, Codable, Sendable {
        /// `us-east-1a`.
        package let name: String
        /// `use1-az1`: the same in every account, where names are not.
        package let id: String
    }

    package struct Subnet: Hashable, Codable, Sendable {
        package let id: String
        package let zone: String
        package let cidrBlock: String
    }

    package let vpc: String
    package let cidrBlock: String
    package let defaultSecurityGroup: String
    package let zones: [Zone]
    package let subnets: [Subnet]

    init(region: String, zoneCount: Int, ids: inout RandomStream) {
        vpc = "vpc-0" + hexDigits(ids.next(), 16)
        cidrBlock = "172.31.0.0/16"
        defaultSecurityGroup = "sg-0" + hexDigits(ids.next(), 16)
        let letters = "abcdefghijklmnop".prefix(zoneCount)
        zones = letters.enumerated().map { index, letter in
            Zone(name: "\(region)\(letter)", id: "\(Self.abbreviation(of: region))-az\(index + 1)")
        }
        var subnets: [Subnet] = []
        for (index, zone) in zones.enumerated() {
            let id = "subnet-0" + hexDigits(ids.next(), 16)
            subnets.append(Subnet(id: id, zone: zone.name, cidrBlock: "172.31.\(index * 16).0/20"))
        }
        self.subnets = subnets
    }

    /// The zone of a subnet, or `nil` for a subnet that does not exist.
    package func zone(ofSubnet id: String) -> String? {
        subnets.first { $0.id == id }?.zone
    }

    func subnet(inZone zone: String) -> Subnet? {
        subnets.first { $0.zone == zone }
    }

    /// `use1` for `us-east-1`, `apse2` for `ap-southeast-2`.
    private static func abbreviation(of region: String) -> String {
        let directions = ["north", "south", "east", "west", "central"]
        return region.split(separator: "-").enumerated().map { index, part in
            guard index > 0, Int(part) == nil else { return String(part) }
            var initials = ""
            var rest = part
            while let direction = directions.first(where: { rest.hasPrefix($0) }) {
                initials += direction.prefix(1)
                rest = rest.dropFirst(direction.count)
            }
            return initials.isEmpty ? String(part.prefix(1)) : initials
        }.joined()
    }
}
