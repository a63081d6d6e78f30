/// Rows under headings, in columns as wide as their widest cell.
///
/// Widths are counted in characters that show: colour codes take no room.
struct TextTable {
    enum Alignment { case left, right }

    private let headings: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// A heading that starts with `>` makes its column right-aligned, for numbers.
    init(_ headings: String...) {
        alignments = headings.map { $0.hasPrefix(">") ? .right : .left }
        self.headings = headings.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
    }

    mutating func add(_ cells: String...) {
        rows.append(cells)
    }

    /// The lines to print: headings, then rows; only the headings' line when there are no rows.
    func lines(style: Style) -> [String] {
        let all = [headings] + rows
        let widths = headings.indices.map { column in all.map { visibleLength($0[column]) }.max() ?? 0 }
        return all.enumerated().map { index, cells in
            let padded = cells.indices.map { column in
                pad(cells[column], to: widths[column], alignments[column], isLast: column == cells.count - 1)
            }
            var line = padded.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return index == 0 ? style(line, .grey) : line
        }
    }

    private func pad(_ cell: String, to width: Int, _ alignment: Alignment, isLast: Bool) -> String {
        let filling = String(repeating: " ", count: width - visibleLength(cell))
        switch alignment {
        case .right: return filling + cell
        case .left: return isLast ? cell : cell + filling
        }
    }
}

/// How many columns a text takes on a terminal: escape sequences take none.
func visibleLength(_ text: String) -> Int {
    var escapes = EscapeFilter()
    return text.count { escapes.shows($0) }
}

/// Tells what a terminal shows from the escape sequences in between; a letter ends a sequence.
private struct EscapeFilter {
    private var isEscaped = false

    mutating func shows(_ character: Character) -> Bool {
        if character == "\u{1B}" {
            isEscaped = true
        } else if isEscaped {
            isEscaped = !character.isLetter
        } else {
            return true
        }
        return false
    }
}

/// The text cut to `width` columns, its end marked where something is missing.
func clipped(_ text: String, to width: Int) -> String {
    guard visibleLength(text) > width else { return text }
    var result = ""
    var count = 0
    var escapes = EscapeFilter()
    for character in text {
        if escapes.shows(character) {
            if count == width - 1 { break }
            count += 1
        }
        result.append(character)
    }
    return result + (text.contains("\u{1B}") ? "…\u{1B}[0m" : "…")
}

/// The text broken between words into lines of at most `width` columns, all but the first indented.
func wrapped(_ text: String, to width: Int, indentedBy indent: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
        if visibleLength(line) + 1 + visibleLength(String(word)) > width, !line.isEmpty {
            lines.append(line)
            line = String(repeating: " ", count: indent) + word
        } else {
            line += line.isEmpty ? String(word) : " " + word
        }
    }
    return lines + [line]
}
