"""Making, finding, describing and deleting queues."""

import json
import re

import pytest
from support.refusals import refused

NO_SUCH_QUEUE = ("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.")

PLAIN_QUEUE = {
    "DelaySeconds": "0",
    "MaximumMessageSize": "1048576",
    "MessageRetentionPeriod": "345600",
    "ReceiveMessageWaitTimeSeconds": "0",
    "SqsManagedSseEnabled": "true",
    "VisibilityTimeout": "30",
    "ApproximateNumberOfMessages": "0",
    "ApproximateNumberOfMessagesDelayed": "0",
    "ApproximateNumberOfMessagesNotVisible": "0",
}


def test_a_queue_url_ends_in_account_and_name(sqs, new_name):
    name = new_name()
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    assert re.fullmatch(rf"http://[^/]+/\d{{12}}/{re.escape(name)}", url)
    assert sqs.get_queue_url(QueueName=name)["QueueUrl"] == url
    sqs.delete_queue(QueueUrl=url)


def test_a_bare_name_serves_as_queue_url(sqs, queue):
    name = queue.rsplit("/", 1)[1]
    sqs.send_message(QueueUrl=name, MessageBody="by name")
    assert sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"] == "by name"


def test_a_new_queue_reports_exactly_the_attributes_it_has(sqs, queue):
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    created, modified = attributes.pop("CreatedTimestamp"), attributes.pop("LastModifiedTimestamp")
    queue_arn = attributes.pop("QueueArn")
    assert attributes == PLAIN_QUEUE
    assert re.fullmatch(r"\d{10}", created) and re.fullmatch(r"\d{10}", modified)
    assert re.fullmatch(r"arn:aws:sqs:us-east-1:\d{12}:.+", queue_arn)


def test_no_attribute_asked_for_is_none_returned(sqs, queue):
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=queue)


def test_an_attribute_without_value_is_left_out(sqs, queue):
    asked = ["Policy", "RedrivePolicy", "VisibilityTimeout"]
    answer = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=asked)
    assert answer["Attributes"] == {"VisibilityTimeout": "30"}


def test_an_unknown_attribute_is_refused(sqs, queue):
    with refused("InvalidAttributeName", "Unknown Attribute Foobar."):
        sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Foobar"])


def test_creating_again_with_equal_attributes_finds_the_queue(sqs, make_queue):
    url = make_queue(VisibilityTimeout=45)
    name = url.rsplit("/", 1)[1]
    assert sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "45"})["QueueUrl"] == url
    assert sqs.create_queue(QueueName=name)["QueueUrl"] == url


def test_creating_again_compares_with_the_current_attributes(sqs, make_queue):
    url = make_queue(DelaySeconds=1)
    name = url.rsplit("/", 1)[1]
    text = "A queue already exists with the same name and a different value for attribute DelaySeconds"
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "2"})
    with refused("QueueAlreadyExists", text):
        sqs.create_queue(QueueName=name, Attributes={"DelaySeconds": "1"})
    sqs.create_queue(QueueName=name, Attributes={"DelaySeconds": "2"})


def test_a_deleted_queue_is_gone_and_its_name_rests(sqs, new_name):
    name = new_name()
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="lost with the queue")
    sqs.delete_queue(QueueUrl=url)
    with refused(*NO_SUCH_QUEUE):
        sqs.get_queue_url(QueueName=name)
    text = "You must wait 60 seconds after deleting a queue before you can create another with the same name."
    with refused("AWS.SimpleQueueService.QueueDeletedRecently", text):
        sqs.create_queue(QueueName=name)


@pytest.mark.parametrize("operation, arguments", [
    ("send_message", {"MessageBody": "x"}), ("receive_message", {}), ("delete_queue", {}), ("purge_queue", {}),
    ("get_queue_attributes", {"AttributeNames": ["All"]}), ("list_queue_tags", {}),
    ("list_dead_letter_source_queues", {}), ("delete_message", {"ReceiptHandle": "x"}),
    ("set_queue_attributes", {"Attributes": {"DelaySeconds": "1"}}), ("tag_queue", {"Tags": {"a": "b"}}),
    ("send_message_batch", {"Entries": [{"Id": "1", "MessageBody": "x"}]}),
])
def test_every_operation_misses_an_unknown_queue_in_the_same_words(sqs, queue, operation, arguments):
    with refused(*NO_SUCH_QUEUE) as caught:
        getattr(sqs, operation)(QueueUrl=queue + "-missing", **arguments)
    assert isinstance(caught.value, sqs.exceptions.QueueDoesNotExist)


@pytest.mark.parametrize("name", ["with space", "dot.dot", "", "x" * 81, "ümlaut"])
def test_a_bad_name_is_refused(sqs, name):
    text = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
    with refused("InvalidParameterValue", text):
        sqs.create_queue(QueueName=name)


def test_a_fifo_queue_is_refused_clearly(sqs, new_name):
    with refused("InvalidParameterValue", re.compile("FIFO", re.IGNORECASE)):
        sqs.create_queue(QueueName=new_name(".fifo"), Attributes={"FifoQueue": "true"})


@pytest.mark.parametrize("attribute, value", [
    ("DelaySeconds", "901"), ("DelaySeconds", "-1"), ("MaximumMessageSize", "1023"),
    ("MaximumMessageSize", "1048577"), ("MessageRetentionPeriod", "59"), ("MessageRetentionPeriod", "1209601"),
    ("ReceiveMessageWaitTimeSeconds", "21"), ("VisibilityTimeout", "43201"), ("VisibilityTimeout", "soon"),
])
def test_an_attribute_out_of_range_is_refused_and_nothing_changes(sqs, queue, attribute, value):
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    with refused("InvalidAttributeValue", re.compile(rf"^Invalid value for the parameter {attribute}\.")):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={"SqsManagedSseEnabled": "false", attribute: value})
    assert sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"] == before


@pytest.mark.parametrize("attribute, low, high", [
    ("DelaySeconds", 0, 900), ("MaximumMessageSize", 1024, 1048576), ("MessageRetentionPeriod", 60, 1209600),
    ("ReceiveMessageWaitTimeSeconds", 0, 20), ("VisibilityTimeout", 0, 43200),
])
def test_an_attribute_takes_both_ends_of_its_range(sqs, queue, attribute, low, high):
    for value in (str(low), str(high)):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={attribute: value})
        answer = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[attribute])
        assert answer["Attributes"] == {attribute: value}


@pytest.mark.parametrize("attribute, text", [
    ("ContentBasedDeduplication", "Unknown Attribute ContentBasedDeduplication."),
    ("DeduplicationScope", "You can specify the DeduplicationScope only when FifoQueue is set to true."),
    ("FifoThroughputLimit", "You can specify the FifoThroughputLimit only when FifoQueue is set to true."),
    ("FifoQueue", "Unknown Attribute FifoQueue."),
    ("Nonsense", "Unknown Attribute Nonsense."),
])
def test_attributes_of_other_queues_are_refused(sqs, queue, attribute, text):
    values = {"DeduplicationScope": "queue", "FifoThroughputLimit": "perQueue"}
    with refused("InvalidAttributeName", text):
        sqs.set_queue_attributes(QueueUrl=queue, Attributes={attribute: values.get(attribute, "true")})


def test_an_empty_policy_removes_it(sqs, queue):
    policy = json.dumps({"Version": "2012-10-17", "Statement": []})
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
    asked = {"QueueUrl": queue, "AttributeNames": ["Policy"]}
    assert sqs.get_queue_attributes(**asked)["Attributes"]["Policy"] == policy
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""})
    assert "Attributes" not in sqs.get_queue_attributes(**asked)


def test_lists_are_filtered_by_prefix_and_paged(sqs, new_name):
    stem = new_name("-listed")
    urls = [sqs.create_queue(QueueName=f"{stem}-{letter}")["QueueUrl"] for letter in "abc"]
    assert sorted(sqs.list_queues(QueueNamePrefix=stem)["QueueUrls"]) == urls
    pages = sqs.get_paginator("list_queues").paginate(
        QueueNamePrefix=stem, PaginationConfig={"PageSize": 2}
    )
    assert [len(page["QueueUrls"]) for page in pages] == [2, 1]
    assert "QueueUrls" not in sqs.list_queues(QueueNamePrefix=stem + "-none")
    assert "NextToken" not in sqs.list_queues(QueueNamePrefix=stem)
    for url in urls:
        sqs.delete_queue(QueueUrl=url)


def test_tags_are_kept_replaced_and_removed(sqs, new_name):
    url = sqs.create_queue(QueueName=new_name(), tags={"team": "blue", "stage": "test"})["QueueUrl"]
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "blue", "stage": "test"}
    sqs.tag_queue(QueueUrl=url, Tags={"team": "green", "owner": "me"})
    sqs.untag_queue(QueueUrl=url, TagKeys=["stage", "never-there"])
    assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"team": "green", "owner": "me"}
    sqs.untag_queue(QueueUrl=url, TagKeys=["team", "owner"])
    assert "Tags" not in sqs.list_queue_tags(QueueUrl=url)
    sqs.delete_queue(QueueUrl=url)


def test_permissions_are_statements_of_the_policy(sqs, queue, arn):
    sqs.add_permission(
        QueueUrl=queue, Label="send", AWSAccountIds=["111111111111"], Actions=["SendMessage"]
    )
    sqs.add_permission(
        QueueUrl=queue, Label="read", AWSAccountIds=["111111111111", "222222222222"],
        Actions=["ReceiveMessage", "DeleteMessage"],
    )
    policy = json.loads(
        sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])["Attributes"]["Policy"]
    )
    assert policy["Version"] == "2008-10-17"
    assert policy["Id"] == f"{arn(queue)}/SQSDefaultPolicy"
    one, many = policy["Statement"]
    assert one == {
        "Sid": "send", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
        "Action": "SQS:SendMessage", "Resource": arn(queue),
    }
    assert many["Action"] == ["SQS:ReceiveMessage", "SQS:DeleteMessage"]
    assert many["Principal"]["AWS"] == ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"]
    for label in ("send", "read"):
        sqs.remove_permission(QueueUrl=queue, Label=label)
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"])


def test_permission_labels_are_unique_and_must_exist(sqs, queue):
    permission = {"QueueUrl": queue, "Label": "L", "AWSAccountIds": ["111111111111"], "Actions": ["SendMessage"]}
    sqs.add_permission(**permission)
    with refused("InvalidParameterValue", "Value L for parameter Label is invalid. Reason: Already exists."):
        sqs.add_permission(**permission)
    with refused("InvalidParameterValue", "Value M for parameter Label is invalid. Reason: can't find label."):
        sqs.remove_permission(QueueUrl=queue, Label="M")


def test_a_permission_names_at_most_seven_actions(sqs, queue):
    with refused("OverLimit", "8 Actions were found, maximum allowed is 7."):
        sqs.add_permission(
            QueueUrl=queue, Label="L", AWSAccountIds=["111111111111"],
            Actions=["SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility",
                     "GetQueueAttributes", "GetQueueUrl", "PurgeQueue", "ListDeadLetterSourceQueues"],
        )


def test_purging_empties_the_queue_once_a_minute(sqs, queue):
    for number in range(3):
        sqs.send_message(QueueUrl=queue, MessageBody=str(number))
    in_flight = sqs.receive_message(QueueUrl=queue)["Messages"][0]
    sqs.send_message(QueueUrl=queue, MessageBody="delayed", DelaySeconds=1)
    sqs.purge_queue(QueueUrl=queue)
    counts = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert [counts[f"ApproximateNumberOfMessages{kind}"] for kind in ("", "Delayed", "NotVisible")] == ["0"] * 3
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=in_flight["ReceiptHandle"])
    name = queue.rsplit("/", 1)[1]
    text = f"Only one PurgeQueue operation on {name} is allowed every 60 seconds."
    with refused("AWS.SimpleQueueService.PurgeQueueInProgress", text, status=403):
        sqs.purge_queue(QueueUrl=queue)
