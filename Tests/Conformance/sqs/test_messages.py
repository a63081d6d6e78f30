"""Sending and receiving: bodies, attributes, digests, sizes and the limits of each."""

import hashlib
import re

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from support.refusals import refused

LIMIT = 1_048_576
SYSTEM_ATTRIBUTES = {"SenderId", "SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp"}


def text(value):
    return {"DataType": "String", "StringValue": value}


def receive_one(sqs, url, **arguments):
    return sqs.receive_message(QueueUrl=url, WaitTimeSeconds=2, **arguments)["Messages"][0]


def test_a_message_arrives_as_it_was_sent(sqs, queue):
    body = 'plain, "quoted", <&>, tab\t, newline\n, ünïcödé, 🚢 and \ufffd'
    sent = sqs.send_message(QueueUrl=queue, MessageBody=body)
    received = receive_one(sqs, queue)
    assert received["Body"] == body
    assert received["MessageId"] == sent["MessageId"]
    assert received["MD5OfBody"] == sent["MD5OfMessageBody"] == hashlib.md5(body.encode()).hexdigest()
    assert "SequenceNumber" not in sent
    assert "Attributes" not in received and "MessageAttributes" not in received


# The characters of A.4; surrogates are not characters.
ALLOWED = strategies.one_of(
    strategies.sampled_from("\t\n\r"),
    strategies.characters(min_codepoint=0x20, max_codepoint=0xFFFD, exclude_categories=["Cs"]),
    strategies.characters(min_codepoint=0x10000),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=strategies.text(ALLOWED, min_size=1, max_size=200))
def test_any_allowed_body_arrives_unchanged(sqs, queue, body):
    sqs.send_message(QueueUrl=queue, MessageBody=body)
    message = receive_one(sqs, queue)
    assert message["Body"] == body
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


@pytest.mark.parametrize("attributes, digest", [
    ({"MyAttribute": text("foobar")}, "adb59cd4678ea5a855436b949cd07ab6"),
    ({"timestamp": {"DataType": "Number", "StringValue": "1493147359900"}}, "235c5c510d26fb653d073faed50ae77c"),
    ({"Foo": text("Bar")}, "ae7155c6026991b6d54b11589678bf9c"),
    ({"General": text("Kenobi"), "Hello": text("There"), "Help.Me": text("Me")}, "4c360f3fdafd970e05fae2f149d997f5"),
    (
        {"attr1": {
            "DataType": "Binary",
            "BinaryValue": b"traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01",
        }},
        "8cbe4db156db8a94db8b801b7addb984",
    ),
])
def test_attributes_come_back_with_awss_digest(sqs, queue, attributes, digest):
    sent = sqs.send_message(QueueUrl=queue, MessageBody="m", MessageAttributes=attributes)
    assert sent["MD5OfMessageAttributes"] == digest
    received = receive_one(sqs, queue, MessageAttributeNames=["All"])
    assert received["MessageAttributes"] == attributes
    assert received["MD5OfMessageAttributes"] == digest


@pytest.mark.parametrize("asked, names", [
    (["All"], {"foo.a", "foo.b", "bar"}), ([".*"], {"foo.a", "foo.b", "bar"}), (["foo.*"], {"foo.a", "foo.b"}),
    (["bar", "missing"], {"bar"}), (["missing"], set()), ([], set()),
])
def test_only_the_attributes_asked_for_are_returned(sqs, queue, asked, names):
    attributes = {name: text("x") for name in ("foo.a", "foo.b", "bar")}
    sqs.send_message(QueueUrl=queue, MessageBody="m", MessageAttributes=attributes)
    received = receive_one(sqs, queue, MessageAttributeNames=asked)
    assert set(received.get("MessageAttributes", {})) == names
    assert ("MD5OfMessageAttributes" in received) == bool(names)


def test_system_attributes_are_returned_when_asked_for(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    first = receive_one(sqs, queue, MessageSystemAttributeNames=["All"], VisibilityTimeout=0)["Attributes"]
    assert set(first) == SYSTEM_ATTRIBUTES
    assert first["ApproximateReceiveCount"] == "1"
    assert re.fullmatch(r"\d{13}", first["SentTimestamp"])
    second = receive_one(sqs, queue, AttributeNames=["ApproximateReceiveCount"])["Attributes"]
    assert second == {"ApproximateReceiveCount": "2"}


def test_the_trace_header_is_carried_along(sqs, queue):
    header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"
    sent = sqs.send_message(
        QueueUrl=queue, MessageBody="m", MessageSystemAttributes={"AWSTraceHeader": text(header)}
    )
    assert sent["MD5OfMessageSystemAttributes"] == "5ae4d5d7636402d80f4eb6d213245a88"
    assert receive_one(sqs, queue, AttributeNames=["All"])["Attributes"]["AWSTraceHeader"] == header


def test_a_group_on_a_standard_queue_is_carried_along(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m", MessageGroupId="tenant-1")
    assert receive_one(sqs, queue, AttributeNames=["All"])["Attributes"]["MessageGroupId"] == "tenant-1"


def test_a_deduplication_id_on_a_standard_queue_is_refused(sqs, queue):
    reason = re.compile("MessageDeduplicationId is invalid. Reason: The request include.* not valid for this queue")
    with refused("InvalidParameterValue", reason):
        sqs.send_message(QueueUrl=queue, MessageBody="m", MessageDeduplicationId="X")


def test_an_empty_body_is_refused(sqs, queue):
    with refused("MissingParameter", "The request must contain the parameter MessageBody."):
        sqs.send_message(QueueUrl=queue, MessageBody="")


@pytest.mark.parametrize("body", ["\x00", "a\x0bb", "\ufffe", "\uffff"])
def test_a_forbidden_character_is_refused(sqs, queue, body):
    with refused("InvalidMessageContents"):
        sqs.send_message(QueueUrl=queue, MessageBody=body)


def test_the_largest_message_fits_and_one_byte_more_does_not(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="x" * LIMIT)
    reason = f"One or more parameters are invalid. Reason: Message must be shorter than {LIMIT} bytes."
    with refused("InvalidParameterValue", reason):
        sqs.send_message(QueueUrl=queue, MessageBody="x" * (LIMIT + 1))


def test_attributes_count_towards_the_size(sqs, make_queue):
    url = make_queue(MaximumMessageSize=1024)
    attributes = {"abcd": text("v" * 10)}
    attribute_size = len("abcd") + len("String") + 10
    sqs.send_message(QueueUrl=url, MessageBody="x" * (1024 - attribute_size), MessageAttributes=attributes)
    reason = "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."
    with refused("InvalidParameterValue", reason):
        sqs.send_message(QueueUrl=url, MessageBody="x" * (1025 - attribute_size), MessageAttributes=attributes)


def test_size_is_counted_in_bytes(sqs, make_queue):
    url = make_queue(MaximumMessageSize=1024)
    sqs.send_message(QueueUrl=url, MessageBody="ü" * 512)
    with refused("InvalidParameterValue"):
        sqs.send_message(QueueUrl=url, MessageBody="ü" * 512 + "x")


def test_an_empty_attribute_value_is_refused(sqs, queue):
    reason = "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'."
    with refused("InvalidParameterValue", reason):
        sqs.send_message(QueueUrl=queue, MessageBody="m", MessageAttributes={"ErrorDetails": text("")})


@pytest.mark.parametrize("attributes", [
    {f"a{number}": text("x") for number in range(11)},
    {"aws.mine": text("x")}, {"Amazon.mine": text("x")}, {".start": text("x")}, {"two..dots": text("x")},
    {"end.": text("x")}, {"n" * 257: text("x")}, {"typed": {"DataType": "Strange", "StringValue": "x"}},
    {"number": {"DataType": "Number", "StringValue": "many"}},
])
def test_a_bad_attribute_is_refused(sqs, queue, attributes):
    with refused("InvalidParameterValue"):
        sqs.send_message(QueueUrl=queue, MessageBody="m", MessageAttributes=attributes)
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)


@pytest.mark.parametrize("delay", [-1, 901])
def test_a_delay_out_of_range_is_refused(sqs, queue, delay):
    reason = f"Value {delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."
    with refused("InvalidParameterValue", reason):
        sqs.send_message(QueueUrl=queue, MessageBody="m", DelaySeconds=delay)


@pytest.mark.parametrize("count", [0, 11])
def test_a_receive_takes_one_to_ten(sqs, queue, count):
    reason = (
        f"Value {count} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."
    )
    with refused("InvalidParameterValue", reason):
        sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=count)


@pytest.mark.parametrize("seconds", [-1, 21])
def test_a_receive_waits_up_to_twenty_seconds(sqs, queue, seconds):
    reason = f"Value {seconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."
    with refused("InvalidParameterValue", reason):
        sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=seconds)


def test_messages_come_in_the_order_they_were_sent(sqs, queue):
    for number in range(12):
        sqs.send_message(QueueUrl=queue, MessageBody=str(number))
    first = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    second = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)["Messages"]
    assert [message["Body"] for message in first + second] == [str(number) for number in range(12)]


def test_an_empty_receive_has_no_messages_member(sqs, queue):
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)
