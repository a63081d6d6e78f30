import BerthKernel
import BerthWorld

extension History {
    /// One random step: usually something small, sometimes minutes of waiting.
    mutating func step() throws {
        switch random.nextIndex(below: 100) {
        case 0..<12: wait(.milliseconds(random.nextIndex(below: 3_000)))
        case 12..<20: wait(.seconds(random.nextIndex(below: 60)))
        case 20..<24: wait(world.configuration.pace(.seconds(60 * random.nextIndex(below: 20))))
        case 24..<36: sendMessages()
        case 36..<50: receive()
        case 50..<62: useHandle()
        case 62..<65: createQueue()
        case 65..<67: emptyQueue()
        case 67..<70: changeQueue()
        case 70..<75: changeService()
        case 75..<79: changeTasks()
        case 79..<83: changeCapacity()
        case 83..<85: changeAlarms()
        case 85: try changeStacks()
        default: playRuntime()
        }
    }

    /// A whole life of so many steps.
    static func lived(seed: UInt64, steps: Int) throws -> History {
        var history = try History(seed: seed)
        for _ in 0..<steps { try history.step() }
        return history
    }
}
