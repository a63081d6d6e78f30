import BerthKernel
import BerthWorld
import Foundation
import Testing

/// Properties of whole worlds over random lives.
///
/// A failure prints how to live that life again.
@Suite struct WorldPropertyTests {
    static let seeds: [UInt64] = {
        let chosen = ProcessInfo.processInfo.environment["BERTH_SEED"].flatMap(UInt64.init)
        return chosen.map { [$0] } ?? Array(1...6)
    }()
    static let steps = 250

    @Test(arguments: seeds)
    func `a refusal changes nothing, no message is lost or doubled, and everything adds up`(seed: UInt64) throws {
        let history = try History.lived(seed: seed, steps: Self.steps)
        #expect(history.violations.prefix(5) == [], again(seed))
    }

    @Test(arguments: seeds)
    func `many small steps of time end where one large step ends`(seed: UInt64) throws {
        let history = try History.lived(seed: seed, steps: Self.steps)
        var coarse = World(configuration: history.world.configuration)
        for entry in history.journal { entry.replay(in: &coarse) }
        coarse.advance(to: history.now)
        _ = coarse.drainEffects()
        #expect(coarse == history.world, again(seed))
    }

    @Test(arguments: seeds)
    func `a journal replayed on a snapshot gives an equal world`(seed: UInt64) throws {
        let history = try History.lived(seed: seed, steps: Self.steps)
        let half = history.journal.count / 2
        var world = World(configuration: history.world.configuration)
        for entry in history.journal[..<half] { entry.replay(in: &world) }
        world = try world.stored()
        for entry in history.journal[half...] { try entry.stored().replay(in: &world) }
        world.advance(to: history.now)
        _ = world.drainEffects()
        #expect(world == history.world, again(seed))
    }

    private func again(_ seed: UInt64) -> Comment {
        "BERTH_SEED=\(seed) swift test --filter BerthPropertyTests"
    }
}
