package import BerthKernel

/// What SQS refuses, in its words (reference A.12). Codes are the names of the error's shapes.
extension Refusal {
    static func invalidParameterValue(_ message: String) -> Refusal {
        Refusal(code: "InvalidParameterValueException", message: message)
    }

    static func invalidParameter(_ name: String, value: String, reason: String) -> Refusal {
        invalidParameterValue("Value \(value) for parameter \(name) is invalid. Reason: \(reason)")
    }

    /// The queue named does not exist, in the words of the JSON protocol.
    package static func queueDoesNotExist() -> Refusal {
        Refusal(code: "QueueDoesNotExist", message: "The specified queue does not exist.")
    }

    static func overLimit(_ message: String) -> Refusal {
        Refusal(code: "OverLimit", message: message)
    }
}

// MARK: - Creating and deleting queues

extension Refusal {
    static func queueNameExists(differing attribute: String) -> Refusal {
        Refusal(
            code: "QueueNameExists",
            message: "A queue already exists with the same name and a different value for attribute \(attribute)")
    }

    static func queueDeletedRecently() -> Refusal {
        Refusal(
            code: "QueueDeletedRecently",
            message: "You must wait 60 seconds after deleting a queue before you can create another with the same name."
        )
    }

    static func purgeInProgress(_ name: String) -> Refusal {
        Refusal(
            code: "PurgeQueueInProgress",
            message: "Only one PurgeQueue operation on \(name) is allowed every 60 seconds.")
    }

    static func badQueueName() -> Refusal {
        invalidParameterValue("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
    }

    static func badFIFOQueueName() -> Refusal {
        invalidParameterValue(
            "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, "
                + "must end with .fifo suffix and be 1 to 80 in length")
    }

    /// Ours: this version does not pretend.
    static func fifoNotSupported() -> Refusal {
        invalidParameterValue("FIFO queues are not supported by this version of Berth.")
    }

    static func tooManyTags() -> Refusal {
        invalidParameterValue("Too many tags added for queue. The maximum is \(QueueLimits.tagsPerQueue).")
    }
}

// MARK: - Attributes

extension Refusal {
    static func unknownAttribute(_ name: String) -> Refusal {
        Refusal(code: "InvalidAttributeName", message: "Unknown Attribute \(name).")
    }

    static func fifoOnlyAttribute(_ name: String) -> Refusal {
        Refusal(
            code: "InvalidAttributeName",
            message: "You can specify the \(name) only when FifoQueue is set to true.")
    }

    static func twoEncryptions() -> Refusal {
        Refusal(
            code: "InvalidAttributeName",
            message: "You can use one type of server-side encryption (SSE) at one time. "
                + "You can either enable KMS SSE or SQS SSE.")
    }

    static func invalidAttribute(_ name: String) -> Refusal {
        Refusal(code: "InvalidAttributeValue", message: "Invalid value for the parameter \(name).")
    }

    static func redrivePolicy(_ text: String, _ reason: String) -> Refusal {
        invalidParameter("RedrivePolicy", value: text, reason: reason)
    }

    static func redriveAllowPolicy(_ rest: String) -> Refusal {
        invalidParameterValue("Amazon SQS can't create the redrive allow policy\(rest)")
    }
}

// MARK: - Messages

extension Refusal {
    static func missingParameter(_ name: String) -> Refusal {
        Refusal(
            code: "MissingRequiredParameterException", message: "The request must contain the parameter \(name).")
    }

    static func messageTooLong(limit: Int, inBatch: Bool) -> Refusal {
        let opening = inBatch ? "cannot be validated" : "are invalid"
        return invalidParameterValue(
            "One or more parameters \(opening). Reason: Message must be shorter than \(limit) bytes.")
    }

    /// The text is ours: AWS's is not recorded.
    static func invalidMessageContents() -> Refusal {
        Refusal(
            code: "InvalidMessageContents",
            message: "The message contains characters outside the allowed set.")
    }

    static func delayOutOfRange(_ seconds: Int) -> Refusal {
        invalidParameter("DelaySeconds", value: "\(seconds)", reason: "DelaySeconds must be >= 0 and <= 900.")
    }

    static func badGroupID(_ value: String, parameter: String) -> Refusal {
        invalidParameter(
            parameter, value: value,
            reason: "\(parameter) can only include alphanumeric and punctuation characters. 1 to 128 in length.")
    }

    static func deduplicationOnStandardQueue(_ value: String) -> Refusal {
        invalidParameter(
            "MessageDeduplicationId", value: value,
            reason: "The request includes a parameter that is not valid for this queue type.")
    }

    static func receiveLimit(_ limit: Int) -> Refusal {
        invalidParameter(
            "MaxNumberOfMessages", value: "\(limit)", reason: "Must be between 1 and 10, if provided.")
    }

    static func waitOutOfRange(_ seconds: Int) -> Refusal {
        invalidParameter("WaitTimeSeconds", value: "\(seconds)", reason: "Must be >= 0 and <= 20, if provided.")
    }

    static func receiveVisibility(_ seconds: Int) -> Refusal {
        invalidParameter(
            "VisibilityTimeout", value: "\(seconds)", reason: "Must be between 0 and 43200, if provided.")
    }

    static func visibilityOutOfRange(_ seconds: Int) -> Refusal {
        invalidParameter(
            "VisibilityTimeout", value: "\(seconds)",
            reason: "VisibilityTimeout must be an integer between 0 and 43200.")
    }

    static func totalVisibility(_ seconds: Int) -> Refusal {
        invalidParameter(
            "VisibilityTimeout", value: "\(seconds)",
            reason: "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]")
    }

    static func badReceiptHandle(_ handle: String) -> Refusal {
        Refusal(
            code: "ReceiptHandleIsInvalid",
            message: "The input receipt handle \"\(handle)\" is not a valid receipt handle.")
    }

    static func visibilityOfMissingMessage(_ handle: String) -> Refusal {
        invalidParameter(
            "ReceiptHandle", value: handle,
            reason: "Message does not exist or is not available for visibility timeout change.")
    }

    /// The text is ours: AWS's is not recorded.
    static func tooManyInFlight() -> Refusal {
        overLimit("Too many messages in flight.")
    }
}

// MARK: - Message attributes

/// Texts of this part but that of empty values are not recorded from AWS.
extension Refusal {
    static func tooManyMessageAttributes(_ count: Int) -> Refusal {
        invalidParameterValue(
            "Number of message attributes [\(count)] exceeds the allowed maximum "
                + "[\(QueueLimits.attributesPerMessage)].")
    }

    static func badAttributeName(_ name: String) -> Refusal {
        invalidParameterValue(
            "The message attribute name '\(name)' is invalid. Attribute name can contain A-Z, a-z, 0-9, "
                + "underscore (_), hyphen (-), and period (.) characters.")
    }

    static func badAttributeType(_ name: String) -> Refusal {
        invalidParameterValue(
            "The message attribute '\(name)' has an invalid message attribute type, "
                + "the set of supported type prefixes is Binary, Number, and String.")
    }

    static func badAttributeNumber(_ name: String) -> Refusal {
        invalidParameterValue("Can't cast the value of message (user) attribute '\(name)' to a number.")
    }

    static func emptyAttribute(_ name: String, type: String) -> Refusal {
        invalidParameterValue(
            "Message (user) attribute '\(name)' must contain a non-empty value of type '\(type)'.")
    }
}

// MARK: - Batches

extension Refusal {
    static func emptyBatch(_ entryType: String) -> Refusal {
        Refusal(
            code: "EmptyBatchRequest", message: "There should be at least one \(entryType) in the request.")
    }

    static func tooManyEntries(_ count: Int) -> Refusal {
        Refusal(
            code: "TooManyEntriesInBatchRequest",
            message: "Maximum number of entries per request are \(QueueLimits.batchEntries). You have sent \(count).")
    }

    static func badBatchEntryID() -> Refusal {
        Refusal(
            code: "InvalidBatchEntryId",
            message: "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
                + "It can be at most 80 letters long.")
    }

    static func repeatedBatchEntryID(_ id: String) -> Refusal {
        Refusal(code: "BatchEntryIdsNotDistinct", message: "Id \(id) repeated.")
    }

    static func batchTooLong(_ size: Int) -> Refusal {
        Refusal(
            code: "BatchRequestTooLong",
            message: "Batch requests cannot be longer than \(QueueLimits.batchSize) bytes. "
                + "You have sent \(size) bytes.")
    }
}

// MARK: - Move tasks

extension Refusal {
    static func moveResourceMissing(_ parameter: String) -> Refusal {
        Refusal(
            code: "ResourceNotFoundException",
            message: "The resource that you specified for the \(parameter) parameter doesn't exist.")
    }

    static func badMoveARN(_ parameter: String) -> Refusal {
        invalidParameterValue(
            "You must use this format to specify the \(parameter): "
                + "arn:<partition>:<service>:<region>:<account-id>:<resource-id>")
    }

    static func sourceIsNoDeadLetterQueue() -> Refusal {
        invalidParameterValue("Source queue must be configured as a Dead Letter Queue.")
    }

    static func moveTaskRunning() -> Refusal {
        invalidParameterValue(
            "There is already a task running. "
                + "Only one active task is allowed for a source queue arn at a given time.")
    }

    static func moveRateOutOfRange(_ rate: Int) -> Refusal {
        invalidParameter(
            "MaxNumberOfMessagesPerSecond", value: "\(rate)", reason: "Must be between 1 and 500, if provided.")
    }

    static func badTaskHandle() -> Refusal {
        invalidParameterValue("Value for parameter TaskHandle is invalid.")
    }

    static func moveTaskMissing() -> Refusal {
        Refusal(code: "ResourceNotFoundException", message: "Task does not exist.")
    }
}
