import Testing

@Suite struct NamingTests {
    @Test(arguments: SourceTree.sources)
    func `a name says what a thing is`(file: SourceFile) {
        let names = [file.name] + file.declarations.filter { $0.kind == .type }.map(\.name)
        let empty = /Util|Helper|Manager|Common|Misc/
        let bad = names.filter { $0.contains(empty) && !Self.awsNouns.contains($0) }
        #expect(bad.isEmpty, "these say where something was put, not what it is")
    }

    @Test(arguments: SourceTree.written)
    func `a bare Task or Service is nobody's type`(file: SourceFile) {
        let taken = ["Task", "Service", "Process", "Metric"]
        let bad = file.declarations.filter { $0.kind == .type && !$0.isNested && taken.contains($0.name) }.map(\.name)
        #expect(bad.isEmpty, "the standard library or a dependency has this name: call it ECSTask, ECSService, …")
    }

    /// AWS's noun for AWS's thing, spelled as AWS spells it.
    private static let awsNouns: Set = ["ManagedTerminationProtection", "CPUUtilization", "MemoryUtilization"]
}
