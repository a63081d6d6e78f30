import BerthTemplates
import OrderedCollections
import Yams

/// Turns the YAML that CloudFormation understands into template values.
///
/// Short tags become functions (`!Sub x` is `Fn::Sub: x`). Aliases, merges and the typed tags of YAML are no part of
/// CloudFormation's dialect and are refused where they stand.
struct YAMLTemplateReader {
    private var path: [String] = []
    private var positions: PositionIndex

    static func read(
        _ text: String, noting positions: inout PositionIndex
    ) throws(TemplateTextError) -> TemplateValue {
        let start = SourcePosition(line: 1, column: 1)
        do {
            // Kept alive while its nodes are read: nodes hold their anchors weakly.
            let parser = try Parser(yaml: text, resolver: .basic)
            let root = try parser.singleRoot()
            return try withExtendedLifetime(parser) {
                guard let root else { return .null }
                var reader = YAMLTemplateReader(positions: positions)
                let value = try reader.value(of: root)
                positions = reader.positions
                return value
            }
        } catch let error as TemplateTextError {
            throw error
        } catch let error as YamlError {
            throw error.textError ?? .notWellFormed("YAML", nil, at: start)
        } catch {
            throw .notWellFormed("YAML", nil, at: start)
        }
    }

    private init(positions: PositionIndex) {
        self.positions = positions
    }

    private mutating func value(of node: Node) throws(TemplateTextError) -> TemplateValue {
        guard path.count <= TemplateTextLimits.depth else { throw error(TemplateTextLimits.tooDeep, at: node) }
        guard node.anchor == nil else { throw error("anchors and aliases are not supported", at: node) }
        let tag = node.writtenTag
        guard tag.hasPrefix("!"), tag != "!" else { return try plainValue(of: node, tag: tag) }
        let name = String(tag.dropFirst())
        let key = name == "Ref" || name == "Condition" ? name : "Fn::\(name)"
        guard key == "Condition" || Intrinsic.isKnown(key) else { throw .unknownFunction(key, at: node.position) }
        path.append(key)
        defer { path.removeLast() }
        return .map([key: try argument(of: key, node)])
    }

    /// What stands behind a short tag.
    ///
    /// `!GetAtt A.B.C` splits at the first dot: outputs of nested stacks have two.
    private mutating func argument(of key: String, _ node: Node) throws(TemplateTextError) -> TemplateValue {
        guard case .scalar(let scalar) = node else { return try plainValue(of: node, tag: "") }
        guard key == "Fn::GetAtt" else {
            return .string(scalar.string)
        }
        return .list(scalar.string.split(separator: ".", maxSplits: 1).map { .string(String($0)) })
    }

    private mutating func plainValue(of node: Node, tag: String) throws(TemplateTextError) -> TemplateValue {
        guard tag.isEmpty || tag == "!" || Self.acceptedTags.contains(tag) else {
            throw error("the tag \(tag) is not supported", at: node)
        }
        switch node {
        case .scalar(let scalar):
            positions.noteText(scalar.string, at: path, node.position)
            let isWord = scalar.style == .plain && tag.isEmpty
            return isWord ? YAMLScalar.value(of: scalar.string) : .string(scalar.string)
        case .sequence(let sequence): return try list(sequence)
        case .mapping(let mapping): return try map(mapping)
        case .alias: throw error("anchors and aliases are not supported", at: node)
        }
    }

    private mutating func list(_ sequence: Node.Sequence) throws(TemplateTextError) -> TemplateValue {
        var elements: [TemplateValue] = []
        for node in sequence {
            path.append(String(elements.count))
            elements.append(try value(of: node))
            path.removeLast()
        }
        return .list(elements)
    }

    private mutating func map(_ mapping: Node.Mapping) throws(TemplateTextError) -> TemplateValue {
        var members: OrderedDictionary<String, TemplateValue> = [:]
        for (key, node) in mapping {
            guard case .scalar(let scalar) = key else { throw error("a key must be a single word", at: key) }
            let name = scalar.string
            guard name != "<<" else { throw error("merges are not supported", at: key) }
            guard !Intrinsic.isFunction(name) || Intrinsic.isKnown(name) else {
                throw .unknownFunction(name, at: key.position)
            }
            positions.note(name, under: path, at: key.position)
            path.append(name)
            members[name] = try value(of: node)
            path.removeLast()
        }
        return .map(members)
    }

    private func error(_ detail: String, at node: Node) -> TemplateTextError {
        .notWellFormed("YAML", detail, at: node.position)
    }

    private static let acceptedTags = [
        "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
    ]
}

extension Node {
    /// The tag as the text has it, empty where it has none; Yams would resolve one.
    fileprivate var writtenTag: String {
        switch self {
        case .scalar(let scalar): scalar.tag.description
        case .mapping(let mapping): mapping.tag.description
        case .sequence(let sequence): sequence.tag.description
        case .alias(let alias): alias.tag.description
        }
    }

    fileprivate var position: SourcePosition {
        SourcePosition(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}

extension YamlError {
    fileprivate var textError: TemplateTextError? {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .notWellFormed("YAML", problem, at: SourcePosition(line: mark.line, column: mark.column))
        case .duplicatedKeysInMapping(let duplicates, let context):
            .notWellFormed(
                "YAML", "\(duplicates.joined(separator: ", ")) is there twice",
                at: SourcePosition(line: context.mark.line, column: context.mark.column))
        case .reader(let problem, _, _, _):
            .notWellFormed("YAML", problem, at: SourcePosition(line: 1, column: 1))
        default: nil
        }
    }
}
