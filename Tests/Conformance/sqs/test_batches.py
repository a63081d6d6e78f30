"""Batches: whole-request errors do nothing, errors of one entry leave the others alone."""

import re

import pytest
from support.refusals import refused

PREFIX = "AWS.SimpleQueueService."


def entries(count, **more):
    return [{"Id": f"id-{number}", "MessageBody": f"body {number}"} | more for number in range(count)]


def test_a_batch_of_ten_is_sent_received_and_deleted(sqs, queue):
    sent = sqs.send_message_batch(QueueUrl=queue, Entries=entries(10))
    assert [entry["Id"] for entry in sent["Successful"]] == [f"id-{number}" for number in range(10)]
    assert "Failed" not in sent
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    assert {m["MessageId"] for m in messages} == {entry["MessageId"] for entry in sent["Successful"]}
    deleted = sqs.delete_message_batch(
        QueueUrl=queue, Entries=[{"Id": m["MessageId"], "ReceiptHandle": m["ReceiptHandle"]} for m in messages]
    )
    assert {entry["Id"] for entry in deleted["Successful"]} == {m["MessageId"] for m in messages}
    counts = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["ApproximateNumberOfMessagesNotVisible"])
    assert counts["Attributes"]["ApproximateNumberOfMessagesNotVisible"] == "0"


@pytest.mark.parametrize("batch, code, text", [
    ([], "EmptyBatchRequest", "There should be at least one SendMessageBatchRequestEntry in the request."),
    (
        entries(11), "TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are 10. You have sent 11.",
    ),
    (entries(1) + entries(1), "BatchEntryIdsNotDistinct", "Id id-0 repeated."),
    (
        [{"Id": "with space", "MessageBody": "x"}], "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
        "It can be at most 80 letters long.",
    ),
    ([{"Id": "x" * 81, "MessageBody": "x"}], "InvalidBatchEntryId", None),
    (
        [{"Id": "a", "MessageBody": "x" * 1_048_576}, {"Id": "b", "MessageBody": "x"}], "BatchRequestTooLong",
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
    ),
])
def test_a_bad_batch_is_refused_whole(sqs, queue, batch, code, text):
    with refused(PREFIX + code, text):
        sqs.send_message_batch(QueueUrl=queue, Entries=batch)
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)


def test_a_bad_entry_fails_alone(sqs, make_queue):
    url = make_queue(MaximumMessageSize=1024)
    answer = sqs.send_message_batch(QueueUrl=url, Entries=[
        {"Id": "good", "MessageBody": "fits"},
        {"Id": "large", "MessageBody": "x" * 1025},
        {"Id": "characters", "MessageBody": "a\x00b"},
        {"Id": "delayed", "MessageBody": "x", "DelaySeconds": 901},
    ])
    assert [entry["Id"] for entry in answer["Successful"]] == ["good"]
    failed = {entry["Id"]: entry for entry in answer["Failed"]}
    assert {name: entry["Code"] for name, entry in failed.items()} == {
        "large": "InvalidParameterValue", "characters": "InvalidMessageContents", "delayed": "InvalidParameterValue",
    }
    assert failed["large"]["Message"] == (
        "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes."
    )
    assert all(entry["SenderFault"] for entry in failed.values())
    assert len(sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]) == 1


def test_a_bad_handle_fails_alone_in_delete_and_visibility_batches(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="x")
    handle = sqs.receive_message(QueueUrl=queue)["Messages"][0]["ReceiptHandle"]
    visibility = sqs.change_message_visibility_batch(QueueUrl=queue, Entries=[
        {"Id": "good", "ReceiptHandle": handle, "VisibilityTimeout": 60},
        {"Id": "bad", "ReceiptHandle": "garbage", "VisibilityTimeout": 60},
    ])
    deletion = sqs.delete_message_batch(QueueUrl=queue, Entries=[
        {"Id": "bad", "ReceiptHandle": "garbage"}, {"Id": "good", "ReceiptHandle": handle},
    ])
    for answer in (visibility, deletion):
        assert [entry["Id"] for entry in answer["Successful"]] == ["good"]
        (failed,) = answer["Failed"]
        assert (failed["Id"], failed["Code"], failed["SenderFault"]) == ("bad", "ReceiptHandleIsInvalid", True)
        assert re.search("garbage", failed["Message"])


def test_entries_of_a_batch_may_have_their_own_delay(sqs, queue):
    sqs.send_message_batch(QueueUrl=queue, Entries=[
        {"Id": "later", "MessageBody": "later", "DelaySeconds": 2}, {"Id": "now", "MessageBody": "now"},
    ])
    counts = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert (counts["ApproximateNumberOfMessages"], counts["ApproximateNumberOfMessagesDelayed"]) == ("1", "1")
    bodies = [
        sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=4)["Messages"][0]["Body"] for _ in range(2)
    ]
    assert bodies == ["now", "later"]
