import ArgumentParser
import BerthCommands

@main
struct Berth {
    static func main() async {
        await BerthCommand.main()
    }
}
