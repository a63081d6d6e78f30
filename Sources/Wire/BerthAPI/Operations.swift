/// Every operation Berth answers, a line each.
///
/// The dispatcher and the fidelity table are made from it.
package enum Operations {
    package static let all: [OperationHandler] =
        sqs + sts + ecs + cloudWatch + applicationAutoScaling + autoScaling + cloudFormation

    static let sts = [OperationHandler(GetCallerIdentity.self)]
}
