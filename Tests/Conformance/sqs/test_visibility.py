"""Time: visibility, delays, long polls. All of it in real seconds, whatever the pace."""

import threading
import time

import pytest
from support.refusals import refused


def take(sqs, url, **arguments):
    return sqs.receive_message(QueueUrl=url, **arguments).get("Messages", [])


def timed(action):
    started = time.monotonic()
    result = action()
    return result, time.monotonic() - started


def later(seconds, action):
    timer = threading.Timer(seconds, action)
    timer.start()
    return timer


def test_a_received_message_hides_for_the_visibility_timeout(sqs, make_queue):
    url = make_queue(VisibilityTimeout=1)
    sqs.send_message(QueueUrl=url, MessageBody="m")
    (first,) = take(sqs, url)
    assert take(sqs, url) == []
    (second,), waited = timed(lambda: take(sqs, url, WaitTimeSeconds=5))
    assert 0.5 < waited < 2
    assert second["MessageId"] == first["MessageId"]
    assert second["ReceiptHandle"] != first["ReceiptHandle"]


def test_a_receive_may_set_its_own_timeout(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    assert take(sqs, queue, VisibilityTimeout=0) and take(sqs, queue, VisibilityTimeout=1)
    _, waited = timed(lambda: take(sqs, queue, WaitTimeSeconds=5))
    assert 0.5 < waited < 2


def test_zero_makes_a_message_visible_at_once(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    (message,) = take(sqs, queue)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    assert take(sqs, queue)


def test_an_extension_counts_from_the_call(sqs, make_queue):
    url = make_queue(VisibilityTimeout=1)
    sqs.send_message(QueueUrl=url, MessageBody="m")
    (message,) = take(sqs, url)
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=3)
    _, waited = timed(lambda: take(sqs, url, WaitTimeSeconds=8))
    assert 2.5 < waited < 4.5


def test_a_message_returns_to_its_place_in_the_queue(sqs, queue):
    for body in "abc":
        sqs.send_message(QueueUrl=queue, MessageBody=body)
    (first,) = take(sqs, queue)
    sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=first["ReceiptHandle"], VisibilityTimeout=0)
    assert [message["Body"] for message in take(sqs, queue, MaxNumberOfMessages=3)] == ["a", "b", "c"]


def test_twelve_hours_in_all_is_the_limit(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    (message,) = take(sqs, queue)
    time.sleep(1.1)
    text = (
        "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is "
        "beyond the limit [43200 seconds]"
    )
    with refused("InvalidParameterValue", text):
        sqs.change_message_visibility(
            QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=43200
        )


def test_a_timeout_out_of_range_is_refused(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    (message,) = take(sqs, queue)
    text = (
        "Value 86400 for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer "
        "between 0 and 43200."
    )
    with refused("InvalidParameterValue", text):
        sqs.change_message_visibility(
            QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=86400
        )


def test_the_visibility_of_a_deleted_message_cannot_change(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m")
    handle = take(sqs, queue)[0]["ReceiptHandle"]
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=handle)
    text = (
        f"Value {handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available "
        "for visibility timeout change."
    )
    with refused("InvalidParameterValue", text):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=5)


def test_deleting_twice_is_fine_and_an_expired_handle_still_deletes(sqs, make_queue):
    url = make_queue(VisibilityTimeout=1)
    sqs.send_message(QueueUrl=url, MessageBody="m")
    handle = take(sqs, url)[0]["ReceiptHandle"]
    time.sleep(1.3)
    for _ in range(2):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)
    assert take(sqs, url) == []


@pytest.mark.parametrize("handle", ["garbage", "AQEB" + "x" * 40, "ü", "x" * 1024])
def test_a_handle_nobody_made_is_refused(sqs, queue, handle):
    text = f'The input receipt handle "{handle}" is not a valid receipt handle.'
    with refused("ReceiptHandleIsInvalid", text):
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=handle)
    with refused("ReceiptHandleIsInvalid", text):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=handle, VisibilityTimeout=1)


def test_a_handle_of_another_queue_is_refused(sqs, make_queue):
    here, there = make_queue(), make_queue()
    sqs.send_message(QueueUrl=here, MessageBody="m")
    handle = take(sqs, here)[0]["ReceiptHandle"]
    with refused("ReceiptHandleIsInvalid"):
        sqs.delete_message(QueueUrl=there, ReceiptHandle=handle)


def test_a_delay_holds_a_message_back(sqs, queue):
    sqs.send_message(QueueUrl=queue, MessageBody="m", DelaySeconds=1)
    assert take(sqs, queue) == []
    _, waited = timed(lambda: take(sqs, queue, WaitTimeSeconds=5))
    assert 0.5 < waited < 2


def test_a_message_may_overrule_the_delay_of_its_queue(sqs, make_queue):
    url = make_queue(DelaySeconds=60)
    sqs.send_message(QueueUrl=url, MessageBody="hurry", DelaySeconds=0)
    assert [message["Body"] for message in take(sqs, url)] == ["hurry"]


def test_a_long_poll_answers_when_a_message_comes(sqs, queue):
    sender = later(0.7, lambda: sqs.send_message(QueueUrl=queue, MessageBody="m"))
    messages, waited = timed(lambda: take(sqs, queue, WaitTimeSeconds=10))
    sender.join()
    assert len(messages) == 1
    assert 0.5 < waited < 2


def test_a_long_poll_ends_empty_at_its_deadline(sqs, queue):
    messages, waited = timed(lambda: take(sqs, queue, WaitTimeSeconds=1))
    assert messages == [] and 0.9 < waited < 2.5


def test_the_queue_may_make_polls_long_and_a_request_may_make_them_short(sqs, make_queue):
    url = make_queue(ReceiveMessageWaitTimeSeconds=2)
    assert timed(lambda: take(sqs, url))[1] > 1.5
    assert timed(lambda: take(sqs, url, WaitTimeSeconds=0))[1] < 1


def test_waiting_polls_are_served_one_message_each(sqs, queue):
    results = []
    polls = [
        threading.Thread(target=lambda: results.append(take(sqs, queue, WaitTimeSeconds=5))) for _ in range(4)
    ]
    for poll in polls:
        poll.start()
    time.sleep(0.5)
    for number in range(4):
        sqs.send_message(QueueUrl=queue, MessageBody=str(number))
    for poll in polls:
        poll.join(timeout=8)
    bodies = sorted(message["Body"] for messages in results for message in messages)
    assert bodies == ["0", "1", "2", "3"]
