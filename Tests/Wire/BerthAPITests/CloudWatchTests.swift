import BerthKernel
import BerthProtocols
import BerthTestSupport
import HTTPTypes
import Testing

/// CloudWatch over the protocols its clients speak: CBOR (boto3), JSON, and query.
struct CloudWatchTests {
    private let client = Client()
    private let alarm: WireValue = [
        "AlarmName": "deep", "Namespace": "Shop", "MetricName": "Depth", "Statistic": "Maximum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 10, "ComparisonOperator": "GreaterThanThreshold",
        "Dimensions": [["Name": "Queue", "Value": "jobs"]],
    ]

    private func putData(_ value: WireValue) async throws {
        _ = try await client.cbor(
            .cloudWatch, "PutMetricData",
            [
                "Namespace": "Shop",
                "MetricData": [
                    ["MetricName": "Depth", "Value": value, "Dimensions": [["Name": "Queue", "Value": "jobs"]]]
                ],
            ])
    }

    @Test func `an alarm comes back with what was given, and with empty lists`() async throws {
        _ = try await client.cbor(.cloudWatch, "PutMetricAlarm", alarm)
        let answer = try await client.cbor(.cloudWatch, "DescribeAlarms")

        #expect(answer["CompositeAlarms"] == [])
        #expect(answer["MetricAlarms", 0, "AlarmName"] == "deep")
        #expect(answer["MetricAlarms", 0, "Dimensions", 0] == ["Name": "Queue", "Value": "jobs"])
        #expect(answer["MetricAlarms", 0, "StateValue"] == "INSUFFICIENT_DATA")
        #expect(answer["MetricAlarms", 0, "AlarmActions"] == [])
        #expect(answer["MetricAlarms", 0, "AlarmConfigurationUpdatedTimestamp"] == .timestamp(.monday))
        let names = try #require(answer["MetricAlarms", 0]?.names)
        #expect(!names.contains("DatapointsToAlarm") && !names.contains("Metrics") && !names.contains("Unit"))
    }

    @Test func `a math alarm shows its queries and no metric of its own`() async throws {
        let series: WireValue = [
            "Metric": ["Namespace": "Shop", "MetricName": "Depth"], "Period": 60, "Stat": "Maximum",
        ]
        _ = try await client.cbor(
            .cloudWatch, "PutMetricAlarm",
            [
                "AlarmName": "sum", "EvaluationPeriods": 1, "Threshold": 1,
                "ComparisonOperator": "GreaterThanThreshold",
                "Metrics": [
                    ["Id": "e1", "Expression": "m1 + m1"], ["Id": "m1", "MetricStat": series, "ReturnData": false],
                ],
            ])
        let answer = try await client.cbor(.cloudWatch, "DescribeAlarms", ["AlarmNames": ["sum"]])

        #expect(answer["MetricAlarms", 0, "Metrics", 0, "Expression"] == "m1 + m1")
        #expect(answer["MetricAlarms", 0, "Metrics", 1, "MetricStat", "Period"] == 60)
        #expect(answer["MetricAlarms", 0, "MetricName"] == nil)
    }

    @Test func `pages of alarms follow each other by name`() async throws {
        for name in ["c", "a", "b"] {
            guard case .map(var map) = alarm else { return }
            map.append("AlarmName", .string(name))
            _ = try await client.cbor(.cloudWatch, "PutMetricAlarm", .map(map))
        }
        let first = try await client.cbor(.cloudWatch, "DescribeAlarms", ["MaxRecords": 2])
        let token = try #require(first["NextToken"])
        let second = try await client.cbor(.cloudWatch, "DescribeAlarms", ["MaxRecords": 2, "NextToken": token])

        #expect(first["MetricAlarms"]?.elements?.map { $0["AlarmName"] } == ["a", "b"])
        #expect(second["MetricAlarms"]?.elements?.map { $0["AlarmName"] } == ["c"])
        #expect(second["NextToken"] == nil)
    }

    @Test func `data come back as statistics, listed, and as results`() async throws {
        try await putData(12)
        let window: [(String, WireValue)] = [
            ("StartTime", .timestamp(.monday)), ("EndTime", .timestamp(.monday + .seconds(60))),
        ]
        let query: WireValue = [
            "Id": "m",
            "MetricStat": [
                "Metric": [
                    "Namespace": "Shop", "MetricName": "Depth", "Dimensions": [["Name": "Queue", "Value": "jobs"]],
                ],
                "Period": 60, "Stat": "Sum",
            ],
        ]
        let statistics = try await client.cbor(
            .cloudWatch, "GetMetricStatistics",
            .map(
                WireMap(
                    ([
                        ("Namespace", "Shop"), ("MetricName", "Depth"), ("Period", 60), ("Statistics", ["Maximum"]),
                        ("Dimensions", [["Name": "Queue", "Value": "jobs"]]),
                    ] + window).map { WireMap.Entry(name: $0.0, value: $0.1) })))
        let data = try await client.cbor(
            .cloudWatch, "GetMetricData",
            .map(
                WireMap(([("MetricDataQueries", [query])] + window).map { WireMap.Entry(name: $0.0, value: $0.1) })))
        let list = try await client.cbor(.cloudWatch, "ListMetrics", ["Namespace": "Shop"])

        #expect(statistics["Label"] == "Depth")
        #expect(statistics["Datapoints", 0]?.names == ["Timestamp", "Maximum", "Unit"])
        #expect(statistics["Datapoints", 0, "Maximum"] == 12.0)
        #expect(data["MetricDataResults", 0, "Values"] == [12.0])
        #expect(data["MetricDataResults", 0, "Timestamps"] == [.timestamp(.monday)])
        #expect(data["MetricDataResults", 0, "StatusCode"] == "Complete")
        #expect(list["Metrics"]?.elements?.count == 1)
    }

    @Test func `a state set by hand is in the history, newest first`() async throws {
        _ = try await client.cbor(.cloudWatch, "PutMetricAlarm", alarm)
        _ = try await client.cbor(
            .cloudWatch, "SetAlarmState", ["AlarmName": "deep", "StateValue": "ALARM", "StateReason": "drill"])
        let history = try await client.cbor(.cloudWatch, "DescribeAlarmHistory", ["AlarmName": "deep"])
        let found = try await client.cbor(
            .cloudWatch, "DescribeAlarmsForMetric",
            [
                "Namespace": "Shop", "MetricName": "Depth", "Dimensions": [["Name": "Queue", "Value": "jobs"]],
            ])

        #expect(
            history["AlarmHistoryItems"]?.elements?.map { $0["HistoryItemType"] } == [
                "StateUpdate", "ConfigurationUpdate",
            ])
        #expect(found["MetricAlarms", 0, "StateReason"] == "drill")
    }

    @Test func `actions are switched and alarms deleted over query`() async throws {
        _ = try await client.cbor(.cloudWatch, "PutMetricAlarm", alarm)
        let off = await client.query(.cloudWatch, "DisableAlarmActions", [("AlarmNames.member.1", "deep")])
        let described = await client.query(.cloudWatch, "DescribeAlarms")
        let on = await client.query(.cloudWatch, "EnableAlarmActions", [("AlarmNames.member.1", "deep")])
        let deleted = await client.query(.cloudWatch, "DeleteAlarms", [("AlarmNames.member.1", "deep")])

        #expect([off.status, on.status, deleted.status] == [200, 200, 200])
        #expect(described.element("ActionsEnabled") == "false")
        #expect(try await client.json(.cloudWatch, "DescribeAlarms")["MetricAlarms"] == [])
    }

    @Test func `refusals carry the code of each protocol`() async throws {
        let missing = await client.jsonAnswer(
            .cloudWatch, "SetAlarmState", ["AlarmName": "none", "StateValue": "OK", "StateReason": ""])
        let both = await client.query(
            .cloudWatch, "PutMetricAlarm",
            [
                ("AlarmName", "x"), ("ComparisonOperator", "GreaterThanThreshold"), ("EvaluationPeriods", "1"),
            ])

        #expect(missing.status == 404)
        #expect(missing.headers[.amzQueryError] == "ResourceNotFound;Sender")
        #expect(both.status == 400)
        #expect(both.element("Code") == "ValidationError")
    }
}
