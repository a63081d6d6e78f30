package import BerthKernel
import BerthTemplates
import OrderedCollections

extension Stacks {
    /// Makes a stack and begins with the resources that need no other.
    ///
    /// Everything that can be known to be wrong is refused here; what only a resource's own handler can tell
    /// fails the stack later.
    /// - Returns: the stack's ARN, which AWS calls StackId.
    package mutating func create(
        _ request: CreateStackRequest, supporting catalog: ResourceTypeCatalog, at now: Instant
    ) throws(Refusal) -> String {
        try checkName(of: request)
        let template = try checkedTemplate(of: request, supporting: catalog)
        let parameters = try template.parameterValues(given: request.parameters)

        var stackIDs = stackIDs
        let id = UniqueID(from: &stackIDs)
        let arn = tenancy.arn("cloudformation", "stack/\(request.name)/\(id.uuid)")
        let scope = EvaluationScope(
            tenancy: tenancy, zones: zones, stackName: request.name, stackID: arn,
            parameters: parameters.mapValues(\.value), mappings: template.mappings)
        let plan = try template.plan(in: scope)

        self.stackIDs = stackIDs
        let resources = plan.graph.nodes.map { logicalID in
            (logicalID, StackResource(logicalID: logicalID, type: template.type(of: logicalID), updatedAt: now))
        }
        stacks[id] = Stack(
            id: id, name: request.name, arn: arn, createdAt: now, status: .createInProgress,
            onFailure: request.onFailure, isProtected: request.isProtected, tags: request.tags,
            capabilities: request.capabilities, templateText: request.templateText, template: template,
            parameters: parameters, conditions: plan.conditions,
            graph: template.addingImpliedDependencies(to: plan.graph),
            resources: OrderedDictionary(uniqueKeysWithValues: resources))
        live[request.name] = id
        change(id, to: .createInProgress, reason: "User Initiated", at: now)
        let independent = plan.graph.nodes.count { plan.graph.dependencies(of: $0).isEmpty }
        decide(
            id, "Stack \(request.name) begins: \(resources.count) resources, \(independent) of which need no other.",
            at: now)
        proceed(id, at: now)
        return arn
    }

    /// The names of the region's zones, ascending.
    var zones: [String] {
        settings.zoneLetters.map { tenancy.region + $0 }
    }

    private func checkName(of request: CreateStackRequest) throws(Refusal) {
        let name = request.name
        let isWellFormed =
            name.first?.isLetter == true && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        guard isWellFormed else { throw .stackNameInvalid(name) }
        guard name.count <= StackLimits.nameLength else { throw .stackNameTooLong(name) }
        guard live[name] == nil else { throw .stackAlreadyExists(name) }
        guard live.count < StackLimits.stacks else { throw .tooManyStacks() }
        guard request.tags.count <= StackLimits.tags else { throw .tooManyTags() }
        guard request.templateText.utf8.count <= request.source.byteLimit else {
            throw .templateTooLong(request.templateText, limit: request.source.byteLimit)
        }
    }

    private func checkedTemplate(
        of request: CreateStackRequest, supporting catalog: ResourceTypeCatalog
    ) throws(Refusal) -> Template {
        let template = try Template(request.template)
        let unknown = template.resourceTypes.filter { !catalog.contains($0) }
        guard unknown.isEmpty else { throw .unrecognizedTypes(Array(unknown)) }
        for reference in template.references {
            guard let attribute = reference.attribute, let resource = template.resources[reference.logicalID] else {
                continue
            }
            guard catalog.type(resource.type, mayHave: attribute) else {
                throw .attributeUnknown(resource: reference.logicalID, attribute: attribute)
            }
        }
        if let capability = template.missingCapability(given: request.capabilities) {
            throw .capabilityNeeded(capability)
        }
        return template
    }
}

extension Template {
    fileprivate func type(of logicalID: String) -> String {
        resources[logicalID]?.type ?? ""
    }

    fileprivate var references: [ResourceReference] {
        let expressions = resources.values.map(\.properties) + outputs.values.map(\.value)
        return expressions.flatMap { $0.references(besides: parameters.keys) }
    }
}
