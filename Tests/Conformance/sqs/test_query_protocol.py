"""SQS over the query protocol, as older SDKs speak it: form in, XML out."""

import urllib.error
import urllib.parse
import urllib.request
from xml.etree import ElementTree

import pytest

NAMESPACE = "{http://queue.amazonaws.com/doc/2012-11-05/}"


@pytest.fixture
def query(endpoint):
    def call(path="/", method="POST", **parameters):
        encoded = urllib.parse.urlencode({"Version": "2012-11-05"} | parameters)
        credential = "Credential=test/20260101/us-east-1/sqs/aws4_request"
        request = urllib.request.Request(
            endpoint + path + ("?" + encoded if method == "GET" else ""),
            data=encoded.encode() if method == "POST" else None,
            headers={"Authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders=host, Signature=0"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, ElementTree.fromstring(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, ElementTree.fromstring(error.read())

    return call


def found(root, path):
    return root.findtext("/".join(NAMESPACE + step for step in path.split("/")))


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_message_goes_in_and_comes_out(query, queue, method):
    path = urllib.parse.urlparse(queue).path
    status, sent = query(path, method, **{
        "Action": "SendMessage", "MessageBody": "<body> & more", "MessageAttribute.1.Name": "Foo",
        "MessageAttribute.1.Value.DataType": "String", "MessageAttribute.1.Value.StringValue": "Bar",
    })
    assert status == 200 and sent.tag == NAMESPACE + "SendMessageResponse"
    assert found(sent, "SendMessageResult/MD5OfMessageAttributes") == "ae7155c6026991b6d54b11589678bf9c"
    assert found(sent, "ResponseMetadata/RequestId")

    _, received = query(path, **{"Action": "ReceiveMessage", "AttributeName.1": "All", "MessageAttributeName.1": "All"})
    assert found(received, "ReceiveMessageResult/Message/Body") == "<body> & more"
    assert found(received, "ReceiveMessageResult/Message/MessageAttribute/Value/StringValue") == "Bar"
    names = [e.text for e in received.iter(NAMESPACE + "Name")]
    assert "ApproximateReceiveCount" in names

    _, empty = query(path, Action="ReceiveMessage")
    assert len(empty.find(NAMESPACE + "ReceiveMessageResult")) == 0


def test_batches_are_flat_lists(query, queue):
    _, answer = query(QueueUrl=queue, **{
        "Action": "SendMessageBatch",
        "SendMessageBatchRequestEntry.1.Id": "a", "SendMessageBatchRequestEntry.1.MessageBody": "x",
        "SendMessageBatchRequestEntry.2.Id": "b", "SendMessageBatchRequestEntry.2.MessageBody": "y",
        "SendMessageBatchRequestEntry.2.DelaySeconds": "901",
    })
    result = answer.find(NAMESPACE + "SendMessageBatchResult")
    assert [e.text for e in result.findall(f"{NAMESPACE}SendMessageBatchResultEntry/{NAMESPACE}Id")] == ["a"]
    assert [e.text for e in result.findall(f"{NAMESPACE}BatchResultErrorEntry/{NAMESPACE}Id")] == ["b"]


def test_errors_are_told_in_xml_and_in_the_words_of_this_protocol(query, queue):
    status, answer = query(Action="GetQueueUrl", QueueName="nowhere")
    assert status == 400 and answer.tag == NAMESPACE + "ErrorResponse"
    assert found(answer, "Error/Type") == "Sender"
    assert found(answer, "Error/Code") == "AWS.SimpleQueueService.NonExistentQueue"
    assert found(answer, "Error/Message") == "The specified queue does not exist for this wsdl version."
    assert found(answer, "RequestId")


def test_an_unknown_action_on_a_queue_is_refused(query, queue):
    status, answer = query(urllib.parse.urlparse(queue).path, Action="FooBar")
    assert (status, found(answer, "Error/Code")) == (400, "InvalidAction")
    assert found(answer, "Error/Message") == "The action FooBar is not valid for this endpoint."


def test_a_queues_url_opened_without_an_action_is_no_operation(query, queue):
    status, answer = query(urllib.parse.urlparse(queue).path, "GET")
    assert (status, answer.tag) == (404, "UnknownOperationException")
