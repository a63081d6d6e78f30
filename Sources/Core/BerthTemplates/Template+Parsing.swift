package import BerthKernel
import OrderedCollections

extension Template {
    /// Reads a template and checks everything about it that does not depend on parameters.
    package init(_ value: TemplateValue) throws(Refusal) {
        guard case .map(let sections) = value else { throw .unsupportedStructure() }
        for name in sections.keys where !Self.sections.contains(name) { throw .unknownSection(name) }
        if let version = sections["AWSTemplateFormatVersion"], version.text != "2010-09-09" {
            throw .unsupportedFormatVersion()
        }
        try Self.refuseUnsupported(sections)
        summary = sections["Description"]?.text
        guard (summary ?? "").utf8.count <= TemplateLimits.descriptionBytes else { throw .descriptionTooLong() }

        parameters = try Self.members(of: "Parameters", in: sections, limit: TemplateLimits.sectionMembers) {
            (name, members) throws(Refusal) in try ParameterDefinition(name, members)
        }
        mappings = try Self.members(of: "Mappings", in: sections, limit: TemplateLimits.sectionMembers) {
            (name, members) throws(Refusal) in try Self.mapping(members, at: "/Mappings/\(name)")
        }
        for (name, condition) in sections["Conditions"]?.members ?? [:] {
            conditions[name] = try Expression(condition, in: .conditions, at: "/Conditions/\(name)")
        }
        resources = try Self.members(of: "Resources", in: sections, limit: TemplateLimits.resources) {
            (logicalID, members) throws(Refusal) in try ResourceDefinition(logicalID, members)
        }
        guard !resources.isEmpty else { throw .noResources() }
        outputs = try Self.members(of: "Outputs", in: sections, limit: TemplateLimits.sectionMembers) {
            (name, members) throws(Refusal) in try OutputDefinition(name, members)
        }
        try checkNames()
    }

    private static let sections = [
        "AWSTemplateFormatVersion", "Conditions", "Description", "Mappings", "Metadata", "Outputs", "Parameters",
        "Resources", "Rules", "Transform",
    ]

    /// The rule that CDK writes into every template: its assertion is about CDK's own bootstrap stack.
    private static let bootstrapRule = "CheckBootstrapVersion"

    private static func refuseUnsupported(_ sections: OrderedDictionary<String, TemplateValue>) throws(Refusal) {
        if let transform = sections["Transform"] {
            throw .transformNotSupported(transform.text ?? transform.elements?.compactMap(\.text).first ?? "")
        }
        for rule in sections["Rules"]?.members?.keys ?? [] where rule != bootstrapRule {
            throw .rulesNotSupported(rule)
        }
    }

    /// Reads the members of a section, each of which must be an object, one by one.
    private static func members<Member>(
        of section: String, in sections: OrderedDictionary<String, TemplateValue>, limit: Int,
        read: (String, OrderedDictionary<String, TemplateValue>) throws(Refusal) -> Member
    ) throws(Refusal) -> OrderedDictionary<String, Member> {
        guard let value = sections[section] else { return [:] }
        guard let members = value.members else { throw .unsupportedStructure() }
        guard members.count <= limit else { throw .tooMany(section, limit: limit) }
        var result: OrderedDictionary<String, Member> = [:]
        for (name, member) in members {
            guard case .map(let content) = member else { throw .sectionMemberIsNoObject(section) }
            result[name] = try read(name, content)
        }
        return result
    }

    private static func mapping(
        _ members: OrderedDictionary<String, TemplateValue>, at path: String
    ) throws(Refusal) -> Mapping {
        var mapping: Mapping = [:]
        for (key, member) in members {
            guard case .map(let attributes) = member else { throw .mappingNotRegular("\(path)/\(key)") }
            for (attribute, value) in attributes where value.members != nil || value == .null {
                throw .mappingNotRegular("\(path)/\(key)/\(attribute)")
            }
            mapping[key] = attributes
        }
        return mapping
    }
}

extension Template {
    /// Every name that is used is declared somewhere, whatever the conditions will turn out to be.
    private func checkNames() throws(Refusal) {
        for expression in conditions.values {
            let names = expression.references(besides: parameters.keys).map(\.logicalID)
            let unknown = OrderedSet(names + expression.conditionNames.filter { conditions[$0] == nil })
            guard unknown.isEmpty else { throw .unresolvedInConditions(Array(unknown)) }
        }
        let circle = conditionGraph.circle
        guard circle.isEmpty else { throw .circularConditions(circle) }
        for resource in resources.values {
            try checkCondition(resource.condition, in: resource.properties)
        }
        let used = resources.values.flatMap { resource in
            resource.dependsOn + resource.properties.references(besides: parameters.keys).map(\.logicalID)
        }
        let unknown = OrderedSet(used.filter { resources[$0] == nil })
        guard unknown.isEmpty else { throw .unresolvedResources(Array(unknown)) }
        try checkOutputNames()
    }

    private func checkOutputNames() throws(Refusal) {
        for output in outputs.values {
            try checkCondition(output.condition, in: output.value)
            let unknown = output.value.references(besides: parameters.keys).map(\.logicalID)
                .filter { resources[$0] == nil }
            guard unknown.isEmpty else { throw .unresolvedInOutputs(unknown) }
        }
    }

    private func checkCondition(_ name: String?, in expression: Expression) throws(Refusal) {
        if let name, conditions[name] == nil { throw .unresolvedConditionOfResource(name) }
        for name in expression.conditionNames where conditions[name] == nil {
            throw .unresolvedConditionInIf(name)
        }
    }
}

extension ResourceDefinition {
    private static let attributes = [
        "Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type", "UpdatePolicy",
        "UpdateReplacePolicy",
    ]

    fileprivate init(_ logicalID: String, _ members: OrderedDictionary<String, TemplateValue>) throws(Refusal) {
        guard logicalID.unicodeScalars.allSatisfy({ $0.isASCII && $0.properties.isAlphanumeric }) else {
            throw .resourceNameNotAlphanumeric(logicalID)
        }
        for name in members.keys where !Self.attributes.contains(name) { throw .unknownResourceAttribute(name) }
        guard let type = members["Type"]?.text else { throw .resourceWithoutType(logicalID) }
        self.type = type
        let path = "/Resources/\(logicalID)/Properties"
        properties = try Expression(members["Properties"] ?? [:], in: .elsewhere, at: path)
        dependsOn = members["DependsOn"].map { $0.text.map { [$0] } ?? ($0.elements ?? []).compactMap(\.text) } ?? []
        condition = members["Condition"]?.text
        deletionPolicy = try Self.deletionPolicy(members["DeletionPolicy"])
    }

    private static func deletionPolicy(_ value: TemplateValue?) throws(Refusal) -> DeletionPolicy {
        guard let value else { return .delete }
        guard let policy = DeletionPolicy(rawValue: value.text ?? "") else {
            throw .templateFormat("Unrecognized DeletionPolicy \(value.jsonText)")
        }
        return policy
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isAlphanumeric: Bool {
        isAlphabetic || numericType == .decimal
    }
}

extension OutputDefinition {
    fileprivate init(_ name: String, _ members: OrderedDictionary<String, TemplateValue>) throws(Refusal) {
        let path = "/Outputs/\(name)"
        guard let value = members["Value"] else { throw .outputWithoutValue() }
        self.value = try Expression(value, in: .elsewhere, at: "\(path)/Value")
        summary = members["Description"]?.text
        condition = members["Condition"]?.text
        guard let export = members["Export"]?["Name"] else {
            exportName = nil
            return
        }
        exportName = try Expression(export, in: .elsewhere, at: "\(path)/Export/Name")
    }
}

extension ParameterDefinition {
    fileprivate init(_ name: String, _ members: OrderedDictionary<String, TemplateValue>) throws(Refusal) {
        guard let typeName = members["Type"]?.text else { throw .parameterWithoutType() }
        guard let type = ParameterType(typeName) else { throw .parameterTypeUnknown(name, type: typeName) }
        self.name = name
        self.type = type
        defaultText = members["Default"]?.text
        allowedValues = members["AllowedValues"]?.elements?.compactMap(\.text)
        allowedPattern = members["AllowedPattern"]?.text
        minLength = members["MinLength"]?.text.flatMap { Int($0) }
        maxLength = members["MaxLength"]?.text.flatMap { Int($0) }
        minValue = members["MinValue"]?.text
        maxValue = members["MaxValue"]?.text
        constraintDescription = members["ConstraintDescription"]?.text
        summary = members["Description"]?.text
        isHidden = members["NoEcho"]?.text == "true"
    }
}
