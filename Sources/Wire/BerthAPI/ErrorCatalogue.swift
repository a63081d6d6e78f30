import BerthKernel
import BerthProtocols

/// What a refusal needs before a client can be told: its HTTP status, and the code the query protocol used.
enum ErrorCatalogue {
    static func error(for refusal: Refusal, of service: ServiceDescription) -> APIError {
        switch service {
        case .sqs: sqsError(refusal)
        case .cloudWatch: cloudWatchError(refusal)
        case .autoScaling: APIError(refusal, queryCode: autoScalingCode(refusal.code))
        default: APIError(refusal, status: refusal.code == "ServerException" ? 500 : 400)
        }
    }

    private static func sqsError(_ refusal: Refusal) -> APIError {
        APIError(
            refusal, status: sqsStatus(refusal.code), queryCode: sqsCodes[refusal.code],
            queryMessage: refusal.code == "QueueDoesNotExist"
                ? "The specified queue does not exist for this wsdl version." : nil)
    }

    /// Reference, A.12: purging twice is forbidden, a missing move task not found.
    private static func sqsStatus(_ shape: String) -> Int {
        switch shape {
        case "PurgeQueueInProgress": 403
        case "ResourceNotFoundException": 404
        default: 400
        }
    }

    /// Legacy codes of SQS by shape, where they differ from the shape's name (reference, A.12).
    private static let sqsCodes = [
        "QueueDoesNotExist": "AWS.SimpleQueueService.NonExistentQueue",
        "QueueNameExists": "QueueAlreadyExists",
        "QueueDeletedRecently": "AWS.SimpleQueueService.QueueDeletedRecently",
        "PurgeQueueInProgress": "AWS.SimpleQueueService.PurgeQueueInProgress",
        "InvalidParameterValueException": "InvalidParameterValue",
        "MissingRequiredParameterException": "MissingParameter",
        "BatchRequestTooLong": "AWS.SimpleQueueService.BatchRequestTooLong",
        "TooManyEntriesInBatchRequest": "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
        "InvalidBatchEntryId": "AWS.SimpleQueueService.InvalidBatchEntryId",
        "BatchEntryIdsNotDistinct": "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
        "EmptyBatchRequest": "AWS.SimpleQueueService.EmptyBatchRequest",
        "UnsupportedOperation": "AWS.SimpleQueueService.UnsupportedOperation",
    ]

    /// Shapes of EC2 Auto Scaling end in `Fault`, and their codes do not.
    private static func autoScalingCode(_ shape: String) -> String {
        shape.hasSuffix("Fault") ? String(shape.dropLast("Fault".count)) : shape
    }

    /// Reference, B.8: the status follows the shape, and a constraint violation has a namespace of its own.
    private static func cloudWatchError(_ refusal: Refusal) -> APIError {
        switch refusal.code {
        case "ValidationError", "ValidationException": .validation(refusal.message)
        case "ResourceNotFound": APIError(refusal, status: 404)
        case "InvalidParameterValueException": APIError(refusal, queryCode: "InvalidParameterValue")
        case "InvalidParameterCombinationException": APIError(refusal, queryCode: "InvalidParameterCombination")
        case "MissingRequiredParameterException": APIError(refusal, queryCode: "MissingParameter")
        case "LimitExceededFault": APIError(refusal, queryCode: "LimitExceeded")
        case "InvalidNextToken", "InvalidFormatFault": APIError(refusal, queryCode: "InvalidFormat")
        default: APIError(refusal)
        }
    }
}
