import BerthKernel
import BerthTemplates
import BerthTestSupport
import OrderedCollections

extension EvaluationScope {
    /// A stack with one finished queue, a parameter of each kind and one condition of each truth.
    static func fixture(
        parameters: OrderedDictionary<String, TemplateValue> = ["Name": "jobs", "Subnets": ["subnet-1", "subnet-2"]],
        mappings: OrderedDictionary<String, Template.Mapping> = [
            "Sizes": ["small": ["cpu": 256, "types": ["a", "b"]]]
        ],
        conditions: OrderedDictionary<String, Bool> = ["Yes": true, "No": false]
    ) -> EvaluationScope {
        EvaluationScope(
            tenancy: .test, zones: ["us-east-1a", "us-east-1b", "us-east-1c"], stackName: "shop",
            stackID: "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1", parameters: parameters,
            mappings: mappings, conditions: conditions,
            resources: [
                "Queue": .init(physicalID: "https://sqs/jobs", attributes: ["Arn": "arn:q", "Outputs.Url": "http://x"])
            ])
    }
}

extension Template {
    /// A template with one queue and whatever else a test is about.
    static func fixture(_ sections: OrderedDictionary<String, TemplateValue> = [:]) throws(Refusal) -> Template {
        let queue: OrderedDictionary<String, TemplateValue> = ["Resources": ["Queue": ["Type": "AWS::SQS::Queue"]]]
        return try Template(.map(queue.merging(sections) { $1 }))
    }
}

/// The text of the refusal that `body` ends in, or `nil` when it does not.
func refusal(_ body: () throws(Refusal) -> Void) -> String? {
    do {
        try body()
        return nil
    } catch {
        return error.message
    }
}
