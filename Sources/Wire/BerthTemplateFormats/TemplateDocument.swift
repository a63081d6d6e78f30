import BerthKernel
package import BerthTemplates
import OrderedCollections

/// The text of a template together with what it says.
package struct TemplateDocument: Sendable {
    /// Byte for byte as it was read: GetTemplate returns it, and CDK compares it.
    package let text: String
    package let value: TemplateValue
    private let positions: PositionIndex

    /// Reads YAML or JSON, whichever the text is: JSON begins with a brace.
    package init(_ text: String) throws(TemplateTextError) {
        let isJSON = text.unicodeScalars.first { !$0.properties.isWhitespace } == "{"
        var positions = PositionIndex()
        value =
            isJSON
            ? try JSONTemplateReader.read(text, noting: &positions)
            : try YAMLTemplateReader.read(text, noting: &positions)
        self.text = text
        self.positions = positions
    }

    /// Where the template declares what a refusal is about: the first parameter, mapping, condition, resource or
    /// output that it names, else the first resource of a type it names.
    ///
    /// A guess, for messages to people.
    package func position(concerning refusalText: String) -> SourcePosition? {
        positions.firstPosition(namedIn: refusalText)
    }
}

/// A place in a text, counted from 1 as editors do.
package struct SourcePosition: Hashable, Sendable, CustomStringConvertible {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package var description: String { "line \(line), column \(column)" }
}
