"""`kill -9` at any moment: what was acknowledged is there, what was deleted stays away."""

import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from support.clients import CREDENTIALS, REGION, Clients

pytestmark = pytest.mark.process

ROUNDS = 4
SENDERS = 6
CRASHED = (ConnectionError, HTTPClientError)


class Ledger:
    """What the clients were told. `maybe` is what they asked for and got no answer to."""

    def __init__(self):
        self.sent: set[str] = set()
        self.maybe_sent: set[str] = set()
        self.deleted: set[str] = set()
        self.maybe_deleted: set[str] = set()


def raw_client(endpoint):
    config = Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5)
    return boto3.session.Session(region_name=REGION, **CREDENTIALS).client("sqs", endpoint_url=endpoint, config=config)


def send_until_it_dies(endpoint, url, prefix, ledger):
    client = raw_client(endpoint)
    for number in range(100_000):
        body = f"{prefix}-{number}"
        ledger.maybe_sent.add(body)
        try:
            client.send_message(QueueUrl=url, MessageBody=body)
        except CRASHED:
            return
        ledger.sent.add(body)
        ledger.maybe_sent.discard(body)


def delete_until_it_dies(endpoint, url, ledger):
    client = raw_client(endpoint)
    while True:
        try:
            for message in client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
                ledger.maybe_deleted.add(message["Body"])
                client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                ledger.deleted.add(message["Body"])
                ledger.maybe_deleted.discard(message["Body"])
        except CRASHED:
            return


def drain(clients, url):
    """Every body in the queue, visible or in flight: purging nothing, waiting for what is hidden."""
    bodies = []
    while True:
        messages = clients.sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=4, VisibilityTimeout=600
        ).get("Messages", [])
        if not messages:
            return bodies
        bodies += [message["Body"] for message in messages]


def test_nothing_acknowledged_is_lost_and_nothing_deleted_returns(start_berth):
    server = start_berth()
    url = Clients(server.endpoint).sqs.create_queue(
        QueueName="crash", Attributes={"VisibilityTimeout": "2"}
    )["QueueUrl"]
    ledger, dice = Ledger(), random.Random(7)

    for round_number in range(ROUNDS):
        with ThreadPoolExecutor(SENDERS + 2) as threads:
            for number in range(SENDERS):
                threads.submit(send_until_it_dies, server.endpoint, url, f"{round_number}-{number}", ledger)
            for _ in range(2):
                threads.submit(delete_until_it_dies, server.endpoint, url, ledger)
            threading.Event().wait(dice.uniform(0.3, 1.5))
            server.kill()
        server.restart()

    present = drain(Clients(server.endpoint), url)
    bodies = set(present)
    assert len(ledger.sent) > 100, "the test sent too little to mean anything"
    assert len(present) == len(bodies), "a message is there twice"
    assert ledger.sent - ledger.deleted - ledger.maybe_deleted <= bodies, "acknowledged messages are lost"
    assert not bodies & ledger.deleted, "deleted messages are back"
    assert bodies <= ledger.sent | ledger.maybe_sent, "there are messages nobody sent"


def test_what_a_queue_is_survives(start_berth):
    server = start_berth()
    sqs = Clients(server.endpoint).sqs
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    dead_arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2})
    url = sqs.create_queue(
        QueueName="kept", Attributes={"VisibilityTimeout": "600", "RedrivePolicy": redrive}, tags={"a": "b"}
    )["QueueUrl"]
    attributes = {"kind": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}}
    for body in ("in flight", "waiting"):
        sqs.send_message(QueueUrl=url, MessageBody=body, MessageAttributes=attributes)
    sqs.send_message(QueueUrl=url, MessageBody="delayed", DelaySeconds=900)
    held = sqs.receive_message(QueueUrl=url)["Messages"][0]
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]

    server.kill()
    server.restart()
    sqs = Clients(server.endpoint).sqs

    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"] == before
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"a": "b"}
    (waiting,) = sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"]
    )["Messages"]
    assert (waiting["Body"], waiting["MessageAttributes"]) == ("waiting", attributes)
    sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=held["ReceiptHandle"], VisibilityTimeout=0)
    again = sqs.receive_message(QueueUrl=url, AttributeNames=["ApproximateReceiveCount"])["Messages"][0]
    assert again["MessageId"] == held["MessageId"]
    assert again["Attributes"]["ApproximateReceiveCount"] == "2"
    sqs.delete_message(QueueUrl=url, ReceiptHandle=held["ReceiptHandle"])


def test_a_refused_call_leaves_nothing_behind(start_berth):
    server = start_berth()
    sqs = Clients(server.endpoint).sqs
    url = sqs.create_queue(QueueName="plain")["QueueUrl"]
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    with pytest.raises(ClientError):
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "5", "VisibilityTimeout": "-1"})
    server.kill()
    server.restart()
    sqs = Clients(server.endpoint).sqs
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"] == before


def test_a_clean_stop_keeps_everything_too(start_berth):
    server = start_berth()
    sqs = Clients(server.endpoint).sqs
    url = sqs.create_queue(QueueName="calm")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="still here")
    assert server.stop() == 0
    server.restart()
    assert Clients(server.endpoint).sqs.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "still here"
