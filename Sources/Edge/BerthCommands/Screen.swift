import BerthKernel
import BerthWorld

/// One picture of a running world, as lines of text: what `berth up` redraws and `berth status` prints.
struct Screen {
    let status: WorldStatus
    let decisions: [DecisionLog.Entry]
    let endpoint: String
    let style: Style
    let columns: Int
    /// What the person at the terminal can do.
    var hint = ""

    /// Fewer rows than these tell no story: below them the tables give way.
    private static let wantedDecisionRows = 8

    /// The picture, cut to `rows` lines; the newest decisions fill what the rest leaves.
    func lines(rows: Int) -> [String] {
        let roomy = banner + tables(isCompact: false, rows: rows)
        let isCompact = rows - roomy.count < Self.wantedDecisionRows
        var lines = isCompact ? banner + tables(isCompact: true, rows: rows) : roomy
        let room = rows - lines.count - (isCompact ? 1 : 2)
        lines += section("Decisions", decisionLines(limit: max(2, room)), isCompact: isCompact)
        return lines.prefix(rows).map { clipped($0, to: columns) }
    }

    private func tables(isCompact: Bool, rows: Int) -> [String] {
        section("Queues", queueLines, isCompact: isCompact) + section("Services", serviceLines, isCompact: isCompact)
            + section("Instances", instanceLines(limit: max(3, rows / 3)), isCompact: isCompact)
            + (isCompact ? compactAlarmLines : section("Alarms", alarmLines, isCompact: false))
    }

    private var banner: [String] {
        let stacks = status.stacks.map { "\($0.name) \(stackStatus($0.status))" }.joined(separator: ", ")
        let pace = status.pace == 1 ? "pace 1: true AWS time" : "pace \(status.pace): an AWS minute takes \(paceText)"
        let cost = "\(dollars(status.cost.perHour))/h now, \(dollars(status.cost.total)) so far"
        return [
            style.bold("Berth") + "  \(endpoint)  \(status.region)  \(CalendarTime(status.now).timeText) UTC"
                + (hint.isEmpty ? "" : style("  \(hint)", .grey)),
            style("\(pace) · \(cost)\(stacks.isEmpty ? "" : " · \(stacks)")", .grey),
        ]
    }

    private var paceText: String {
        spokenDuration(seconds: 60 / Double(status.pace))
    }

    private func section(_ title: String, _ lines: [String], isCompact: Bool) -> [String] {
        lines.isEmpty ? [] : (isCompact ? [] : [""]) + [style.bold(title)] + lines
    }

    private var queueLines: [String] {
        guard !status.queues.isEmpty else { return [] }
        var table = TextTable("queue", ">visible", ">in flight", ">delayed", ">sent", ">done", "depth")
        let longestBar = min(40, max(0, columns - 45 - (status.queues.map(\.name.count).max() ?? 0)))
        for queue in status.queues {
            let depth = queue.visible + queue.inFlight
            let bar = style(
                String(repeating: "█", count: min(longestBar, depth)) + (depth > longestBar ? "…" : ""),
                queue.isDeadLetterQueue ? .red : .blue)
            table.add(
                queue.name, "\(queue.visible)", "\(queue.inFlight)", "\(queue.delayed)", "\(queue.sent)",
                "\(queue.deleted)", bar)
        }
        return table.lines(style: style)
    }

    private var serviceLines: [String] {
        guard !status.services.isEmpty else { return [] }
        var table = TextTable("service", ">desired", ">running", ">pending", ">waiting", "tasks")
        for service in status.services {
            let running = style(String(repeating: "●", count: min(40, service.running)), .green)
            let pending = style(String(repeating: "◐", count: min(40, service.pending)), .yellow)
            let waiting = style(String(repeating: "○", count: min(40, service.provisioning)), .grey)
            table.add(
                service.name, "\(service.desired)", "\(service.running)", "\(service.pending)",
                "\(service.provisioning)", running + pending + waiting)
        }
        return table.lines(style: style)
    }

    private func instanceLines(limit: Int) -> [String] {
        guard !status.instances.isEmpty else { return [] }
        var table = TextTable("zone", "instance", "type", "state", "holds")
        for instance in status.instances.sorted(by: { ($0.zone, $0.id) < ($1.zone, $1.id) }).prefix(limit) {
            let tasks = instance.tasks.map { String($0.prefix(8)) }.joined(separator: " ")
            let holds = tasks.isEmpty ? style("idle", .yellow) : style(tasks, .green)
            table.add(
                instance.zone, instance.id, instance.type, instanceState(instance.state),
                instance.isProtected ? holds + style(" protected", .grey) : holds)
        }
        let hidden = status.instances.count - limit
        return table.lines(style: style) + (hidden > 0 ? [style("and \(hidden) more", .grey)] : [])
    }

    private var alarmLines: [String] {
        let raised = status.alarms.filter { $0.state == "ALARM" }
        return raised.map { style("ALARM ", .red) + $0.name + "  " + style($0.reason, .grey) }
    }

    private var compactAlarmLines: [String] {
        let names = status.alarms.filter { $0.state == "ALARM" }.map(\.name)
        return names.isEmpty ? [] : [style("ALARM ", .red) + names.joined(separator: ", ")]
    }

    /// The newest decisions that fit, each whole: half a sentence is no reason.
    ///
    /// Only a newest one that is longer than all the room is cut: something must say what happens.
    private func decisionLines(limit: Int) -> [String] {
        var lines: [String] = []
        for entry in decisions.reversed() {
            let wrapped = wrapped(decisionLine(entry.decision, style: style), to: columns, indentedBy: 21)
            guard lines.count + wrapped.count <= limit else {
                return lines.isEmpty ? Array(wrapped.prefix(limit)) : lines
            }
            lines = wrapped + lines
        }
        return lines
    }

    private func stackStatus(_ status: String) -> String {
        style(status, status.hasSuffix("FAILED") || status.contains("ROLLBACK") ? .red : .grey)
    }

    private func instanceState(_ state: String) -> String {
        switch state {
        case "running", "InService", "ACTIVE": style(state, .green)
        case "pending", "Pending": style(state, .yellow)
        default: style(state, .grey)
        }
    }
}

/// A decision on one line: when, about what, and the sentence.
func decisionLine(_ decision: Decision, style: Style) -> String {
    let kind = decision.kind.rawValue.padded(to: 9)
    return style(CalendarTime(decision.instant).timeText, .grey) + "  " + style(kind, colour(of: decision.kind))
        + "  " + decision.sentence
}

private func colour(of kind: Decision.Kind) -> Style.Colour {
    switch kind {
    case .alarm: .red
    case .scaling: .magenta
    case .service, .stack: .blue
    case .task, .placement: .green
    case .capacity, .instance: .yellow
    case .queue: .cyan
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}

/// The lines printed when a run has come to its end.
func summaryLines(_ summary: RunSummary, style: Style) -> [String] {
    func wait(_ seconds: Double?) -> String { seconds.map(spokenDuration(seconds:)) ?? "–" }
    var table = TextTable("run", "")
    table.add("messages processed", "\(summary.processed) of \(summary.sent) sent")
    table.add("dead-lettered", "\(summary.deadLettered)")
    table.add("killed mid-job", "\(summary.killedMidJob)")
    table.add(
        "wait p50 / p95 / max", [summary.waitP50, summary.waitP95, summary.waitMax].map(wait).joined(separator: " / "))
    table.add("peak tasks", "\(summary.peakTasks)")
    table.add("peak instances", "\(summary.peakInstances)")
    let idleShare = summary.instanceSecondsPaid > 0 ? summary.instanceSecondsIdle / summary.instanceSecondsPaid : 0
    table.add("instance time paid", spokenDuration(seconds: summary.instanceSecondsPaid) + " of AWS time")
    table.add(
        "of which idle",
        spokenDuration(seconds: summary.instanceSecondsIdle) + " (\(Int((idleShare * 100).rounded())) %)")
    table.add("estimated cost", dollars(summary.cost) + " at us-east-1 on-demand prices")
    return [style.bold("Everything is back at zero.")] + table.lines(style: style).dropFirst()
}
