import BerthKernel
import BerthProtocols
import BerthScaling
import BerthWorld

enum PutScalingPolicy: WriteOperation {
    static let service = ServiceDescription.applicationAutoScaling
    static let name = "PutScalingPolicy"
    static let note = "Step scaling and target tracking; no predictive scaling."

    struct Input: Decodable, Sendable, TargetAddress {
        let PolicyName: String
        let ServiceNamespace: String
        let ResourceId: String
        let ScalableDimension: String
        let PolicyType: String?
        let StepScalingPolicyConfiguration: StepScalingShape?
        let TargetTrackingScalingPolicyConfiguration: TargetTrackingShape?
    }

    struct Output: Encodable, Sendable {
        let PolicyARN: String
        let Alarms: [PolicyAlarmShape]
    }

    static func command(_ input: Input, _ context: RequestContext) throws -> PutScalingPolicyCommand {
        PutScalingPolicyCommand(
            specification: PolicySpecification(
                name: input.PolicyName,
                key: input.key,
                configuration: try input.configuration()))
    }

    static func output(_ reply: PutPolicyReply, _ input: Input, _ context: RequestContext) -> Output {
        Output(PolicyARN: reply.arn, Alarms: reply.alarms.map(PolicyAlarmShape.init))
    }
}

extension PutScalingPolicy.Input {
    fileprivate func configuration() throws(Refusal) -> PolicySpecification.Configuration {
        switch PolicyType ?? "StepScaling" {
        case "StepScaling":
            // Without a configuration the core misses its first member and says so in AWS's words.
            return .step(StepScalingPolicyConfiguration?.policy ?? StepScaling(adjustmentType: nil, steps: []))
        case "TargetTrackingScaling":
            guard let tracking = TargetTrackingScalingPolicyConfiguration else {
                throw Refusal(
                    code: "ValidationException",
                    message: "TargetTrackingScalingPolicyConfiguration is required for policy type "
                        + "TargetTrackingScaling.")
            }
            return .targetTracking(try tracking.policy())
        case "PredictiveScaling":
            throw Refusal(
                code: "ValidationException",
                message: "Predictive scaling is not supported by this version of Berth.")
        case let other:
            throw Refusal(
                code: "ValidationException",
                message: "1 validation error detected: Value '\(other)' at 'policyType' failed to satisfy constraint: "
                    + "Member must satisfy enum value set: [PredictiveScaling, StepScaling, TargetTrackingScaling]")
        }
    }
}
