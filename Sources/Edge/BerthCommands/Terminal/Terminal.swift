import Foundation

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The terminal or pipe that standard output goes to.
struct Terminal: Sendable {
    let isInteractive: Bool
    let style: Style

    /// Colour needs a terminal and the absence of `NO_COLOR` (https://no-color.org).
    static func standard(environment: [String: String]) -> Terminal {
        let isInteractive = isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
        let wantsColour = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
        return Terminal(isInteractive: isInteractive, style: Style(isOn: wantsColour))
    }

    /// Columns and rows at this moment; 80 x 24 where the terminal does not say.
    var size: (columns: Int, rows: Int) {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return (80, 24) }
        return (Int(window.ws_col), Int(window.ws_row))
    }

    /// Writes a line at once, so that a reader at the other end of a pipe sees it when it happens.
    func write(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// Tells the person and not the program that reads our output.
    func warn(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }

    /// Replaces the whole screen by `lines`, without the flicker of clearing it first.
    func redraw(_ lines: [String]) {
        let body = lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n")
        print("\u{1B}[H" + body + "\u{1B}[J", terminator: "")
        fflush(nil)
    }

    /// Switches to the alternate screen, so that what was there before comes back at the end.
    func enterScreen() {
        print("\u{1B}[?1049h\u{1B}[?25l", terminator: "")
        fflush(nil)
    }

    func leaveScreen() {
        print("\u{1B}[?25h\u{1B}[?1049l", terminator: "")
        fflush(nil)
    }
}
