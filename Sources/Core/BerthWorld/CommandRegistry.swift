/// The commands a journal may contain, by name.
package struct CommandRegistry: Sendable {
    /// A command of a type known only at run time.
    package typealias AnyCommand = any Command

    private let types: [String: any Command.Type]

    package init(_ types: [any Command.Type]) {
        var byName: [String: any Command.Type] = [:]
        for type in types {
            precondition(byName.updateValue(type, forKey: type.name) == nil, "two commands are named \(type.name)")
        }
        self.types = byName
    }

    /// The type stored under `name`, or `nil` when this version knows no such command.
    package func type(named name: String) -> (any Command.Type)? {
        types[name]
    }

    /// Every command of this version.
    package static let all = CommandRegistry([])
}
