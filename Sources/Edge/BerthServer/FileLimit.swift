import Foundation

/// How many files the process may hold open: every connection and every running task takes one.
enum FileLimit {
    /// Lifts the limit to what the system allows.
    ///
    /// Where it does not, the limit stays what it is.
    static func raise() {
        var limit = rlimit()
        #if canImport(Darwin)
            let resource = RLIMIT_NOFILE
        #else
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #endif
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }
}
