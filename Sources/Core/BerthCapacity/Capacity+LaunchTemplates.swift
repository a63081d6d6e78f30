package import BerthKernel
import OrderedCollections

extension Capacity {
    /// Makes a launch template with a first version.
    ///
    /// Its contents are judged when a group uses it.
    package mutating func createLaunchTemplate(
        name: String, data: LaunchTemplateData, at now: Instant
    ) throws(Refusal) -> LaunchTemplate {
        guard launchTemplate(.name(name)) == nil else { throw .launchTemplateNameTaken() }
        let id = "lt-0" + hexDigits(streams.templates.next(), 16)
        let version = LaunchTemplate.Version(number: 1, data: data, createdAt: now)
        let template = LaunchTemplate(id: id, name: name, createdAt: now, versions: [version])
        launchTemplates[id] = template
        return template
    }

    /// Adds a version, which groups that say `$Latest` use from their next launch on.
    package mutating func addLaunchTemplateVersion(
        _ key: LaunchTemplateChoice.Key, data: LaunchTemplateData, at now: Instant
    ) throws(Refusal) -> LaunchTemplate.Version {
        guard var template = launchTemplate(key) else { throw .launchTemplateDoesNotExist(key) }
        let number = (template.versions.last?.number ?? 0) + 1
        let version = LaunchTemplate.Version(number: number, data: data, createdAt: now)
        template.versions.append(version)
        launchTemplates[template.id] = template
        return version
    }

    /// Makes another version the one that `$Default` means.
    package mutating func setDefaultVersion(
        _ key: LaunchTemplateChoice.Key, to version: String
    ) throws(Refusal) -> LaunchTemplate {
        guard var template = launchTemplate(key) else { throw .launchTemplateDoesNotExist(key) }
        guard let found = template.version(version) else {
            throw .launchTemplateUnusable("It has no version \(version).")
        }
        template.defaultVersion = found.number
        launchTemplates[template.id] = template
        return template
    }

    /// Deletes a template.
    ///
    /// Groups that use it can launch nothing any more.
    package mutating func deleteLaunchTemplate(
        _ key: LaunchTemplateChoice.Key
    ) throws(Refusal) -> LaunchTemplate {
        guard let template = launchTemplate(key) else { throw .launchTemplateDoesNotExist(key) }
        launchTemplates.removeValue(forKey: template.id)
        return template
    }

    /// The template with that id or name.
    package func launchTemplate(_ key: LaunchTemplateChoice.Key) -> LaunchTemplate? {
        switch key {
        case .id(let id): launchTemplates[id]
        case .name(let name): launchTemplates.values.first { $0.name == name }
        }
    }

    /// What a launch from `source` would use now, or the refusal that says what is wrong with it.
    func blueprint(for source: LaunchSource) throws(Refusal) -> Blueprint {
        let choice = source.template
        guard let template = launchTemplate(choice.key) else { throw .launchTemplateDoesNotExist(choice.key) }
        guard let version = template.version(choice.version) else {
            throw .launchTemplateUnusable("It has no version \(choice.version ?? "$Default").")
        }
        var names = version.data.instanceType.map { [$0] } ?? []
        var mixed: MixedInstances?
        if case .mixed(let policy) = source {
            mixed = policy
            if !policy.overrides.isEmpty { names = policy.overrides }
        }
        guard !names.isEmpty else { throw .launchTemplateUnusable("It names no instance type.") }
        var types: [InstanceType] = []
        for name in names {
            guard let type = InstanceType.named(name) else {
                throw .launchTemplateUnusable("Invalid value '\(name)' for InstanceType.")
            }
            types.append(type)
        }
        return Blueprint(template: template, version: version, types: types, mixed: mixed)
    }
}

/// A launch template version with its types looked up.
struct Blueprint {
    let template: LaunchTemplate
    let version: LaunchTemplate.Version
    /// At least one, in the order of the group's overrides.
    let types: [InstanceType]
    let mixed: MixedInstances?

    /// Type and purchase option of the next instance of a group that has `live` and shall have `size`.
    func next(after live: [Instance], size: Int) -> (type: InstanceType, isSpot: Bool) {
        guard let mixed else { return (types[0], version.data.isSpot) }
        let onDemand = live.count { !$0.isSpot }
        let isSpot = onDemand >= mixed.onDemandCount(of: size)
        return (isSpot || mixed.onDemandStrategy == .lowestPrice ? cheapest : types[0], isSpot)
    }

    private var cheapest: InstanceType {
        types.dropFirst().reduce(types[0]) { $1.hourlyPrice < $0.hourlyPrice ? $1 : $0 }
    }
}
