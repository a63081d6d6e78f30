import BerthKernel
import BerthStacks
package import BerthTemplates
package import OrderedCollections

/// How truthfully Berth does a thing: what it says in the fidelity table and in `berth doctor`.
package enum Fidelity: String, Codable, Sendable, CaseIterable {
    /// Behaves as AWS documents it.
    case modelled
    /// Kept and returned, without effect on any decision.
    case recorded
    /// Refused, or reported and left out.
    case notSupported = "not supported"
}

/// A CloudFormation resource type: how its properties become calls to the machines.
///
/// One type, one file under `ResourceTypes/`, one line in ``all``. A type holds no rule of the service: defaults,
/// limits and state checks belong to the machine, where the API meets the same ones.
package struct ResourceType: Sendable {
    package typealias Attributes = OrderedDictionary<String, TemplateValue>

    /// `AWS::SQS::Queue`.
    package let name: String
    /// Every property the type has, and what becomes of it.
    ///
    /// One that is not listed is not supported.
    package let properties: OrderedDictionary<String, Fidelity>
    /// What `Fn::GetAtt` may ask for.
    package let attributes: [String]
    /// Where the type does otherwise than on AWS, for the fidelity table; empty when it does not.
    package let note: String

    /// Makes the resource, or begins to.
    let create: @Sendable (ResourceAction, inout World) throws(Refusal) -> ResourceResult
    /// Whether a resource that was begun is there now.
    ///
    /// Asked whenever something changed.
    let progress: @Sendable (_ physicalID: String, ResourceAction, World) -> ResourceResult
    /// Removes the resource.
    ///
    /// One that is gone already counts as removed.
    let delete: @Sendable (_ physicalID: String, ResourceAction, inout World) throws(Refusal) -> Deletion

    /// How a deletion goes.
    enum Deletion {
        case done
        /// Begun, or not possible yet: asked again whenever something changed.
        case waiting
    }

    init(
        _ name: String, properties: OrderedDictionary<String, Fidelity>, attributes: [String] = [],
        note: String = "",
        create: @escaping @Sendable (ResourceAction, inout World) throws(Refusal) -> ResourceResult,
        progress: @escaping @Sendable (String, ResourceAction, World) -> ResourceResult = { id, _, _ in
            .complete(physicalID: id)
        },
        delete: @escaping @Sendable (String, ResourceAction, inout World) throws(Refusal) -> Deletion
    ) {
        self.name = name
        self.properties = properties
        self.attributes = attributes
        self.note = note
        self.create = create
        self.progress = progress
        self.delete = delete
    }

    /// Whether the type acts, or is only kept.
    package var fidelity: Fidelity {
        properties.values.contains(.modelled) ? .modelled : .recorded
    }

    /// The type with this name, or `nil` for one Berth does not know.
    package static func named(_ name: String) -> ResourceType? {
        byName[name]
    }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// What a template is checked against before anything is made of it.
    static let catalog = ResourceTypeCatalog(all.map { ($0.name, $0.attributes) })
}

/// An operation on a resource that waits for the world to become what was asked for.
struct ResourceInProgress: Hashable, Codable, Sendable {
    let action: ResourceAction
    let physicalID: String
}

extension ResourceAction {
    /// The refusal of a name that is taken.
    ///
    /// The services' own calls would answer with what is there, or replace it; a stack that took that for its own would
    /// delete it one day.
    func alreadyExists(_ property: String, _ name: String) -> Refusal {
        let identifier = "{\"/properties/\(property)\":\"\(name)\"}"
        return Refusal(
            code: "AlreadyExists",
            message: "Resource of type '\(type)' with identifier '\(identifier)' already exists.")
    }
}
