import Foundation
import Synchronization

/// The image map in force, kept in the state directory so that a restart finds it.
final class ImageRegister: Sendable {
    private let path: String
    private let current: Mutex<ImageMap>

    init(stateDirectory: String) throws {
        path = stateDirectory + "/images.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            current = Mutex(ImageMap())
            return
        }
        current = Mutex(try JSONDecoder().decode(ImageMap.self, from: data))
    }

    func program(for image: String) -> ImageMap.Program? {
        current.withLock { $0.program(for: image) }
    }

    /// Adds the images of `map`, replacing those of the same name.
    func replace(with map: ImageMap) throws {
        let merged = current.withLock { current in
            current.images.merge(map.images) { _, new in new }
            return current
        }
        try JSONEncoder().encode(merged).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}
