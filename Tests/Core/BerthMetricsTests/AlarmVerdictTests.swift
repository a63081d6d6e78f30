import BerthKernel
import Testing

@testable import BerthMetrics

/// AWS's two tables on missing data, one row a line: the range (oldest first), M of N = 3, and the state for
/// each treatment.
///
/// `keep` is "whatever it was".
private let rows = """
    0 - X - X | 3 | OK                OK   OK    OK
    0 - - - - | 3 | OK                OK   OK    OK
    - - - - - | 3 | INSUFFICIENT_DATA keep ALARM OK
    0 X X - X | 3 | ALARM             ALARM ALARM ALARM
    - - X - - | 3 | ALARM             keep ALARM OK
    0 - X - X | 2 | ALARM             ALARM ALARM ALARM
    0 0 X 0 X | 2 | ALARM             ALARM ALARM ALARM
    0 - X - - | 2 | OK                OK   ALARM OK
    - - - - 0 | 2 | OK                OK   ALARM OK
    - - - X - | 2 | ALARM             keep ALARM OK
    - - - - X | 3 | keep              keep keep  OK
    - - - X - | 3 | keep              keep keep  OK
    """

@Suite struct AlarmVerdictTests {
    @Test(arguments: rows.split(separator: "\n").map(String.init))
    func `gaps are read as AWS's tables show`(row: String) {
        let parts = row.split(separator: "|")
        let range = parts[0].split(separator: " ").enumerated().map { index, mark in
            mark == "-"
                ? nil
                : AlarmDatapoint(start: .seconds(Int64(index)), value: mark == "X" ? 1 : 0, sampleCount: 1)
        }
        let expected = parts[2].split(separator: " ").map { AlarmState(rawValue: String($0)) }
        let treatments: [AlarmDefinition.MissingData] = [.missing, .ignore, .breaching, .notBreaching]
        for (treatment, state) in zip(treatments, expected) {
            let rule = AlarmVerdict.Rule(
                periods: 3, needed: Int(parts[1].filter(\.isNumber)) ?? 0, missing: treatment)
            #expect(AlarmVerdict(range, rule: rule) { $0 > 0 }.state == state, "\(treatment)")
        }
    }

    @Test(arguments: [(60, 1, 6), (60, 2, 7), (300, 3, 5), (900, 1, 3), (900, 8, 10)])
    func `the evaluation range reaches back further than the alarm needs`(period: Int, periods: Int, range: Int) {
        #expect(MetricsSettings().evaluationRange(periods: periods, periodSeconds: period) == range)
    }
}
