/// The public parameters that AWS keeps in Systems Manager, as far as templates for ECS ask for them.
package enum SystemParameters {
    private static let imageFamilies = [
        "/aws/service/ecs/optimized-ami/", "/aws/service/bottlerocket/", "/aws/service/ami-windows-latest/",
        "/aws/service/ami-amazon-linux-latest/", "/aws/service/canonical/",
    ]

    /// The value behind a public name, or `nil` when there is none.
    ///
    /// Machine images are not run here, so each name has an image id of its own that never changes. On AWS it is
    /// the newest image and changes with every release.
    package static func value(of name: String) -> String? {
        guard imageFamilies.contains(where: name.hasPrefix) else { return nil }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return "ami-0" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}
