package import BerthWorld

/// How the commands of a journal entry are written: name, command, name, command, each a CBOR item.
package enum CommandCoding {
    static func append<C: Command>(_ command: C, to writer: CBORWriter) throws {
        writer.write(text: C.name)
        try CBOREncoder.encode(command, with: writer)
    }

    /// The commands of an entry.
    ///
    /// Throws ``EngineError`` for a name this version does not know.
    package static func commands(in bytes: [UInt8], registry: CommandRegistry) throws -> [any Command] {
        let tape: CBORTape
        do {
            tape = try CBORTape(bytes)
        } catch {
            throw EngineError(.unreadableHistory, "A journal entry is damaged.", cause: error)
        }
        var commands: [any Command] = []
        var position = 0
        while position < tape.items.count {
            let name = try tape.text(at: position)
            guard let type = registry.type(named: name) else {
                throw EngineError(
                    .unreadableHistory, "The journal holds a command this version does not know: \(name).")
            }
            position = tape.items[position].next
            do {
                commands.append(try decode(type, from: tape, at: position))
            } catch {
                throw EngineError(.unreadableHistory, "A \(name) command in the journal is damaged.", cause: error)
            }
            position = tape.items[position].next
        }
        return commands
    }

    private static func decode<C: Command>(_ type: C.Type, from tape: CBORTape, at position: Int) throws -> C {
        guard position < tape.items.count else { throw CBORError.truncated }
        return try CBORDecoder.decode(type, from: tape, at: position)
    }
}
