package import BerthKernel
package import OrderedCollections

/// What functions can see while a stack is worked on.
package struct EvaluationScope: Sendable {
    /// What a finished resource is known by.
    package struct ResourceIdentity: Hashable, Codable, Sendable {
        /// What `Ref` gives: the physical id.
        package let physicalID: String
        /// What `Fn::GetAtt` gives.
        package let attributes: OrderedDictionary<String, TemplateValue>

        package init(physicalID: String, attributes: OrderedDictionary<String, TemplateValue> = [:]) {
            self.physicalID = physicalID
            self.attributes = attributes
        }
    }

    package let tenancy: Tenancy
    /// The names of the region's availability zones, ascending.
    package let zones: [String]
    package let stackName: String
    package let stackID: String
    package var parameters: OrderedDictionary<String, TemplateValue>
    package var mappings: OrderedDictionary<String, Template.Mapping>
    package var conditions: OrderedDictionary<String, Bool>
    package var resources: OrderedDictionary<String, ResourceIdentity>

    package init(
        tenancy: Tenancy, zones: [String], stackName: String, stackID: String,
        parameters: OrderedDictionary<String, TemplateValue> = [:],
        mappings: OrderedDictionary<String, Template.Mapping> = [:],
        conditions: OrderedDictionary<String, Bool> = [:],
        resources: OrderedDictionary<String, ResourceIdentity> = [:]
    ) {
        self.tenancy = tenancy
        self.zones = zones
        self.stackName = stackName
        self.stackID = stackID
        self.parameters = parameters
        self.mappings = mappings
        self.conditions = conditions
        self.resources = resources
    }

    /// What `Ref` gives for a name: pseudo parameters come first, then parameters, then resources.
    ///
    /// `nil` is AWS::NoValue, which removes whatever it is the value of.
    func value(ofRef name: String) throws(Refusal) -> TemplateValue? {
        if let pseudo = PseudoParameter(rawValue: name) { return value(of: pseudo) }
        if let parameter = parameters[name] { return parameter }
        guard let resource = resources[name] else { throw .unresolvedResources([name]) }
        return .string(resource.physicalID)
    }

    func value(ofAttribute attribute: String, of name: String) throws(Refusal) -> TemplateValue {
        guard let resource = resources[name] else { throw .unresolvedResources([name]) }
        guard let value = resource.attributes[attribute] else {
            throw .attributeNotSupported(resource: name, attribute: attribute)
        }
        return value
    }

    /// The zones of the world's own region by name, and those of any other as if it were built alike.
    func zones(of region: String) -> [String] {
        guard !region.isEmpty, region != tenancy.region else { return zones }
        return zones.map { region + $0.dropFirst(tenancy.region.count) }
    }

    private func value(of pseudo: PseudoParameter) -> TemplateValue? {
        switch pseudo {
        case .accountID: .string(tenancy.account)
        case .notificationARNs: []
        case .noValue: nil
        case .partition: "aws"
        case .region: .string(tenancy.region)
        case .stackID: .string(stackID)
        case .stackName: .string(stackName)
        case .urlSuffix: "amazonaws.com"
        }
    }
}
