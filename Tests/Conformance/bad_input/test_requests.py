"""Requests that no SDK would send: each is answered with an error, and the server lives on."""

import http.client
import json
import urllib.parse

import pytest


@pytest.fixture
def post(endpoint):
    address = urllib.parse.urlparse(endpoint)

    def send(body: bytes, method="POST", path="/", **headers):
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, names)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    return send


JSON = {"Content_Type": "application/x-amz-json-1.0", "X_Amz_Target": "AmazonSQS.ListQueues"}


@pytest.mark.parametrize("body", [
    b"{", b"[1]", b'{"a": }', b'{"QueueNamePrefix": "\xff\xfe"}', b"nonsense", b'{"a":' * 2000, b"\x00" * 100,
])
def test_a_malformed_body_is_refused(post, body):
    status, headers, answer = post(body, **JSON)
    assert status == 400
    assert json.loads(answer)["__type"].endswith("SerializationException")


def test_a_wrong_type_is_refused(post):
    status, _, answer = post(b'{"MaxResults": {"a": 1}}', **JSON)
    assert status == 400 and json.loads(answer)["__type"]


def test_an_unknown_operation_is_refused(post):
    status, _, answer = post(b"{}", **JSON | {"X_Amz_Target": "AmazonSQS.Nonsense"})
    assert status in (400, 404)
    assert json.loads(answer)["__type"].endswith("UnknownOperationException")


def test_an_unknown_service_is_refused(post):
    status, _, answer = post(b"{}", **JSON | {"X_Amz_Target": "DynamoDB_20120810.ListTables"})
    assert status in (400, 404, 501)
    assert "DynamoDB" in answer.decode() or json.loads(answer)["__type"].endswith("UnknownOperationException")


def test_a_body_over_the_limit_is_refused(post):
    body = json.dumps({"QueueUrl": "http://x/000000000000/q", "MessageBody": "x" * (20 << 20)}).encode()
    try:
        status, _, _ = post(body, **JSON | {"X_Amz_Target": "AmazonSQS.SendMessage"})
    except (BrokenPipeError, ConnectionResetError):
        return  # The server may hang up instead of reading twenty megabytes.
    assert status in (400, 413)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "BREW"])
def test_other_methods_get_an_answer(post, method):
    status, _, _ = post(b"", method=method, path="/nowhere/at/all")
    assert 400 <= status < 500


def test_the_server_lives_on(post, sqs):
    for body in (b"{", b"", b"\xff" * 1000):
        post(body, **JSON)
    sqs.list_queues()
