package import BerthKernel

/// Reads the texts in which task definitions give the size of a task.
///
/// - AWS: ECS API Reference, *RegisterTaskDefinition*: units or `N vCPU`, MiB or `N GB`.
package enum TaskSize {
    /// `256`, `.25 vCPU` or `1 vcpu` in CPU units.
    package static func cpu(_ text: String) throws(Refusal) -> CPUUnits {
        guard let units = amount(text, suffix: "vcpu", perUnit: 1_024) else { throw .invalidTaskCPU() }
        return units
    }

    /// `512`, `2GB` or `0.5 gb` in MiB.
    package static func memory(_ text: String) throws(Refusal) -> MiB {
        guard let mebibytes = amount(text, suffix: "gb", perUnit: 1_024) else { throw .invalidTaskMemory() }
        return mebibytes
    }

    private static func amount(_ text: String, suffix: String, perUnit: Int) -> Int? {
        let plain = text.lowercased().filter { $0 != " " }
        guard plain.hasSuffix(suffix) else { return Int(plain) }
        let number = plain.dropLast(suffix.count)
        guard let value = Double(number.hasPrefix(".") ? "0" + number : String(number)), value > 0, value < 1e6 else {
            return nil
        }
        return Int(value * Double(perUnit))
    }
}
