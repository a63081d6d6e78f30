package import BerthKernel

/// How the instances of a group are made.
///
/// Versions are never changed, only added.
package struct LaunchTemplate: Hashable, Codable, Sendable {
    package struct Version: Hashable, Codable, Sendable {
        package let number: Int
        package let data: LaunchTemplateData
        package let createdAt: Instant
    }

    /// `lt-` and 17 hexadecimal digits.
    package let id: String
    package let name: String
    package let createdAt: Instant
    package internal(set) var versions: [Version]
    package internal(set) var defaultVersion = 1

    /// The version a group asks for: a number, `$Latest`, or `$Default`, which is also meant by none.
    package func version(_ text: String?) -> Version? {
        switch text {
        case "$Latest": versions.last
        case nil, "$Default": versions.first { $0.number == defaultVersion }
        case let text?: versions.first { "\($0.number)" == text }
        }
    }
}

/// What one version of a launch template says.
///
/// Berth reads the type, the purchase option and the cluster in the user data; the rest is kept to be
/// described.
package struct LaunchTemplateData: Hashable, Codable, Sendable {
    package var instanceType: String?
    package var imageID: String?
    /// Decoded text, not the base64 of the API.
    package var userData: String
    package var isSpot: Bool
    package var instanceProfile: String?
    package var securityGroups: [String]
    package var keyName: String?
    /// Tags for the instances.
    package var tags: [Tag]

    package init(
        instanceType: String? = nil, imageID: String? = nil, userData: String = "", isSpot: Bool = false,
        instanceProfile: String? = nil, securityGroups: [String] = [], keyName: String? = nil, tags: [Tag] = []
    ) {
        self.instanceType = instanceType
        self.imageID = imageID
        self.userData = userData
        self.isSpot = isSpot
        self.instanceProfile = instanceProfile
        self.securityGroups = securityGroups
        self.keyName = keyName
        self.tags = tags
    }
}

/// Which launch template a group uses.
///
/// `$Latest` and `$Default` are looked up at every launch.
package struct LaunchTemplateChoice: Hashable, Codable, Sendable {
    package enum Key: Hashable, Codable, Sendable {
        case id(String)
        case name(String)
    }

    package var key: Key
    package var version: String?

    package init(_ key: Key, version: String? = nil) {
        self.key = key
        self.version = version
    }
}
