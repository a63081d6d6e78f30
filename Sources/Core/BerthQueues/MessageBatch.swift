package import BerthKernel

/// The rules that refuse a whole batch call, whatever its entries are (reference A.3).
package enum MessageBatch {
    /// Checks number and ids of the entries: empty, too many, malformed, repeated, in this order.
    ///
    /// `entryType` names the entries in the refusal of an empty batch: `SendMessageBatchRequestEntry` and its kin.
    package static func check(ids: [String], entryType: String) throws(Refusal) {
        guard !ids.isEmpty else { throw .emptyBatch(entryType) }
        guard ids.count <= QueueLimits.batchEntries else { throw .tooManyEntries(ids.count) }
        for id in ids where !QueueLimits.batchIDLength.contains(id.utf8.count) || !Queues.isWord(id) {
            throw .badBatchEntryID()
        }
        for (index, id) in ids.enumerated() where ids[..<index].contains(id) { throw .repeatedBatchEntryID(id) }
    }

    /// Checks what all messages of a batch weigh together: one limit, even when the queue's own is smaller.
    package static func check(totalSize: Int) throws(Refusal) {
        guard totalSize <= QueueLimits.batchSize else { throw .batchTooLong(totalSize) }
    }
}
