import Foundation

#if canImport(Darwin)
    import Darwin
#endif

/// When a process began, in units of its system: together with the process id it names a process for good.
typealias ProcessBirth = UInt64

/// What the operating system knows about processes that are not our children.
enum ProcessTable {
    /// When the process began, or `nil` when there is none (a zombie counts as none).
    static func birth(of process: Int32) -> ProcessBirth? {
        #if canImport(Darwin)
            var info = proc_bsdinfo()
            let size = Int32(MemoryLayout<proc_bsdinfo>.stride)
            guard proc_pidinfo(process, PROC_PIDTBSDINFO, 0, &info, size) == size, info.pbi_status != UInt32(SZOMB)
            else { return nil }
            return info.pbi_start_tvsec * 1_000_000 + info.pbi_start_tvusec
        #else
            // proc_pid_stat(5): the command name may contain anything, so fields count from its last bracket;
            // state is field 3 and the start time, in ticks since boot, field 22.
            guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                let bracket = stat.lastIndex(of: ")")
            else { return nil }
            let fields = stat[stat.index(after: bracket)...].split(separator: " ")
            guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
            return UInt64(fields[19])
        #endif
    }

    /// Processes whose environment has `name` set to `value`.
    ///
    /// Linux only; nothing is found elsewhere.
    static func processes(with name: String, equalTo value: String) -> [Int32] {
        let wanted = Data("\(name)=\(value)".utf8)
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int32.init).filter { process in
            let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ")
            return environment?.split(separator: 0).contains(wanted) == true
        }
    }
}

/// Kills what is left of the process group that `leader` began.
///
/// Nothing left is fine.
func killGroup(_ leader: Int32) {
    _ = kill(-leader, SIGKILL)
}
