"""Dead-letter queues: when a message moves, what it keeps, and how it comes back."""

import base64
import json

import pytest
from support.refusals import refused
from support.waiting import eventually


@pytest.fixture
def pair(sqs, make_queue, arn):
    """A queue whose messages are given up after one receive, and its dead-letter queue."""
    dead = make_queue()
    policy = json.dumps({"deadLetterTargetArn": arn(dead), "maxReceiveCount": 1})
    source = make_queue(RedrivePolicy=policy, VisibilityTimeout=0)
    return source, dead


def take(sqs, url, **arguments):
    return sqs.receive_message(QueueUrl=url, AttributeNames=["All"], **arguments).get("Messages", [])


def give_up(sqs, source, count=1):
    """Sends messages and receives each once too often."""
    for number in range(count):
        sqs.send_message(QueueUrl=source, MessageBody=f"poison {number}")
    first = take(sqs, source, MaxNumberOfMessages=10)
    assert take(sqs, source, MaxNumberOfMessages=10) == []
    return first


def test_a_message_moves_on_the_receive_that_would_be_one_too_many(sqs, pair, arn):
    source, dead = pair
    (first,) = give_up(sqs, source)
    (moved,) = take(sqs, dead)
    assert moved["MessageId"] == first["MessageId"]
    assert moved["Attributes"]["ApproximateReceiveCount"] == "2"
    assert moved["Attributes"]["DeadLetterQueueSourceArn"] == arn(source)


def test_nothing_moves_while_nobody_polls(sqs, pair):
    source, dead = pair
    sqs.send_message(QueueUrl=source, MessageBody="m")
    take(sqs, source)
    assert take(sqs, dead) == []


def test_the_receive_that_moves_one_message_delivers_the_next(sqs, pair):
    source, _ = pair
    sqs.send_message(QueueUrl=source, MessageBody="old")
    take(sqs, source)
    sqs.send_message(QueueUrl=source, MessageBody="new")
    assert [message["Body"] for message in take(sqs, source)] == ["new"]


def test_the_sources_of_a_dead_letter_queue_are_listed(sqs, pair):
    source, dead = pair
    assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [source]
    assert sqs.list_dead_letter_source_queues(QueueUrl=source)["queueUrls"] == []


@pytest.mark.parametrize("change, reason", [
    ({"maxReceiveCount": None}, "Redrive policy does not contain mandatory attribute: maxReceiveCount."),
    ({"deadLetterTargetArn": None}, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."),
    (
        {"maxReceiveCount": 1001},
        "Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.",
    ),
    (
        {"maxReceiveCount": 0},
        "Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive.",
    ),
    (
        {"deadLetterTargetArn": "arn:aws:sns:us-east-1:000000000000:topic"},
        "Only SQS queues are valid resources for deadLetterTargetArn",
    ),
    ({"deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:nowhere"}, "Dead letter target does not exist."),
    (
        {"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:000000000000:far"},
        "Dead-letter target must be in same region as the source.",
    ),
])
def test_a_bad_redrive_policy_is_refused(sqs, make_queue, arn, change, reason):
    policy = {"deadLetterTargetArn": arn(make_queue()), "maxReceiveCount": 3} | change
    value = json.dumps({key: item for key, item in policy.items() if item is not None})
    url = make_queue()
    with refused("InvalidParameterValue") as caught:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": value})
    message = caught.value.response["Error"]["Message"]
    assert message.startswith("Value {") and " for parameter RedrivePolicy is invalid. Reason: " in message
    assert message.endswith(reason)


def test_a_dead_letter_queue_may_choose_its_sources(sqs, make_queue, arn):
    dead, chosen, other = make_queue(), make_queue(), make_queue()
    allow = json.dumps({"redrivePermission": "byQueue", "sourceQueueArns": [arn(chosen)]})
    sqs.set_queue_attributes(QueueUrl=dead, Attributes={"RedriveAllowPolicy": allow})
    policy = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": arn(dead), "maxReceiveCount": "3"})}
    sqs.set_queue_attributes(QueueUrl=chosen, Attributes=policy)
    with refused("InvalidParameterValue"):
        sqs.set_queue_attributes(QueueUrl=other, Attributes=policy)


@pytest.mark.parametrize("policy, text", [
    (
        {"redrivePermission": "sometimes"},
        "Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.",
    ),
    (
        {"redrivePermission": "byQueue"},
        "Amazon SQS can't create the redrive allow policy. When you specify the byQueue permission type, you must "
        "also specify between 1 and 10 source queue ARNs.",
    ),
    (
        {"redrivePermission": "denyAll", "sourceQueueArns": ["arn:aws:sqs:us-east-1:000000000000:q"]},
        "Amazon SQS can't create the redrive allow policy. You can specify source queue ARNs only when the "
        "permission type is byQueue.",
    ),
])
def test_a_bad_redrive_allow_policy_is_refused(sqs, queue, policy, text):
    with refused("InvalidParameterValue", text):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"RedriveAllowPolicy": json.dumps(policy)})


def tasks(sqs, source_arn):
    return sqs.list_message_move_tasks(SourceArn=source_arn, MaxResults=10).get("Results", [])


def test_a_move_task_returns_messages_to_where_they_came_from(sqs, pair, arn):
    source, dead = pair
    lost = {message["MessageId"] for message in give_up(sqs, source, count=3)}
    handle = sqs.start_message_move_task(SourceArn=arn(dead))["TaskHandle"]
    assert json.loads(base64.b64decode(handle))["sourceArn"] == arn(dead)
    (done,) = eventually(
        lambda: [task for task in tasks(sqs, arn(dead)) if task["Status"] == "COMPLETED"], within=10
    )
    assert done["ApproximateNumberOfMessagesMoved"] == 3
    assert "TaskHandle" not in done and "DestinationArn" not in done
    returned = take(sqs, source, MaxNumberOfMessages=10)
    assert sorted(message["Body"] for message in returned) == ["poison 0", "poison 1", "poison 2"]
    assert lost.isdisjoint(message["MessageId"] for message in returned)
    assert {message["Attributes"]["ApproximateReceiveCount"] for message in returned} == {"1"}


def test_a_move_task_may_have_another_destination(sqs, pair, make_queue, arn):
    source, dead = pair
    give_up(sqs, source)
    elsewhere = make_queue()
    sqs.start_message_move_task(SourceArn=arn(dead), DestinationArn=arn(elsewhere))
    assert take(sqs, elsewhere, WaitTimeSeconds=5)[0]["Body"] == "poison 0"


def test_a_move_task_can_be_slow_and_be_cancelled(sqs, pair, arn):
    source, dead = pair
    give_up(sqs, source, count=10)
    handle = sqs.start_message_move_task(SourceArn=arn(dead), MaxNumberOfMessagesPerSecond=1)["TaskHandle"]
    running = tasks(sqs, arn(dead))[0]
    assert (running["Status"], running["TaskHandle"]) == ("RUNNING", handle)
    text = "There is already a task running. Only one active task is allowed for a source queue arn at a given time."
    with refused("InvalidParameterValue", text):
        sqs.start_message_move_task(SourceArn=arn(dead))
    moved = sqs.cancel_message_move_task(TaskHandle=handle)["ApproximateNumberOfMessagesMoved"]
    assert moved < 10
    eventually(lambda: tasks(sqs, arn(dead))[0]["Status"] == "CANCELLED", within=10)


def test_a_move_task_needs_a_dead_letter_queue(sqs, queue, arn):
    with refused("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue."):
        sqs.start_message_move_task(SourceArn=arn(queue))
    text = "The resource that you specified for the SourceArn parameter doesn't exist."
    with refused("ResourceNotFoundException", text, status=404):
        sqs.start_message_move_task(SourceArn=arn(queue) + "-missing")


def test_only_a_running_move_task_can_be_cancelled(sqs, queue, arn):
    with refused("InvalidParameterValue", "Value for parameter TaskHandle is invalid."):
        sqs.cancel_message_move_task(TaskHandle="garbage")
    unknown = {"taskId": "01234567-89ab-cdef-0123-456789abcdef", "sourceArn": arn(queue)}
    with refused("ResourceNotFoundException", "Task does not exist.", status=404):
        sqs.cancel_message_move_task(TaskHandle=base64.b64encode(json.dumps(unknown).encode()).decode())
