"""Starting where Berth cannot: a clear sentence, a non-zero exit, and everything as it was."""

import socket
import sqlite3

import pytest
from support.clients import Clients
from support.server import REPOSITORY, berth

pytestmark = pytest.mark.process

TEMPLATE = str(REPOSITORY / "Examples" / "QueueWorker" / "template.yml")


def contents(folder):
    # The -shm file is memory that SQLite's readers share, not something kept.
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.endswith("-shm")]
    return {path.name: path.read_bytes() for path in files}


def databases_in(folder):
    files = [path for path in folder.iterdir() if path.is_file()]
    return [path for path in files if path.read_bytes()[:15] == b"SQLite format 3"]


def expect_refusal(result, *words):
    assert result.returncode not in (0, -6, -9, -11), result.stderr
    for word in words:
        assert word in result.stderr, result.stderr
    assert "Fatal error" not in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [["serve"], ["up", TEMPLATE]], ids=["serve", "up"])
def test_a_port_in_use_is_named(tmp_path, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        expect_refusal(berth(*command, "--port", port, "--state", str(tmp_path / "state")), port, "in use")


def test_a_state_directory_serves_one_server(start_berth, tmp_path):
    server = start_berth()
    expect_refusal(berth("serve", "--port", "0", "--state", str(server.state)), str(server.state))
    assert Clients(server.endpoint).sqs.list_queues() is not None


def test_somebody_elses_directory_is_left_alone(tmp_path):
    state = tmp_path / "photos"
    state.mkdir()
    (state / "holiday.jpg").write_bytes(b"not ours")
    before = contents(state)
    expect_refusal(berth("serve", "--port", "0", "--state", str(state)), str(state))
    assert contents(state) == before


def test_somebody_elses_database_is_left_alone(start_berth, tmp_path):
    server = start_berth()
    names = [path.name for path in databases_in(server.state)]
    server.stop()
    state = tmp_path / "other"
    state.mkdir()
    for name in names:
        with sqlite3.connect(state / name) as database:
            database.execute("CREATE TABLE accounts (owner TEXT)")
    before = contents(state)
    expect_refusal(berth("serve", "--port", "0", "--state", str(state)), str(state))
    assert contents(state) == before


@pytest.mark.parametrize("damage", [
    lambda data: b"\x00" * len(data), lambda data: data[: len(data) // 2], lambda data: data[:64] + b"\xa5" * 4096 + data[4160:],
], ids=["zeros", "half", "a page of noise"])
def test_a_corrupt_journal_is_refused_not_misread(start_berth, damage):
    server = start_berth()
    sqs = Clients(server.endpoint).sqs
    url = sqs.create_queue(QueueName="precious")["QueueUrl"]
    for number in range(50):
        sqs.send_message(QueueUrl=url, MessageBody=f"{number}" * 100)
    server.stop()
    databases = databases_in(server.state)
    assert databases, "there is a journal in the state directory"
    for path in databases:
        path.write_bytes(damage(path.read_bytes()))
    damaged = contents(server.state)
    expect_refusal(berth("serve", "--port", "0", "--state", str(server.state)), str(server.state))
    assert {name: data for name, data in contents(server.state).items() if name in damaged} == damaged


def test_a_missing_template_is_named(tmp_path):
    missing = str(tmp_path / "nothing.yml")
    expect_refusal(berth("up", missing, "--port", "0", "--state", str(tmp_path / "state")), missing)


@pytest.mark.parametrize("option, value", [
    ("--pace", "0"), ("--pace", "61"), ("--pace", "fast"), ("--durability", "maybe"), ("--port", "70000"),
])
def test_a_bad_option_is_refused(tmp_path, option, value):
    expect_refusal(berth("serve", option, value, "--state", str(tmp_path / "state")), option.lstrip("-"))


@pytest.mark.parametrize("command", [["status"], ["events"], ["send", "q", "--body", "x"], ["explain", "worker"]])
def test_a_command_without_a_server_says_so(command):
    expect_refusal(berth(*command, "--endpoint", "http://127.0.0.1:9"), "127.0.0.1:9")


def test_a_worker_command_that_does_not_exist_is_the_reason_a_task_stopped(example, start_berth):
    """The stack stands; its tasks stop, each with the reason."""
    from support.stacks import Stack
    from support.waiting import eventually

    images = "images:\n  berth-example/queue-worker:\n    command: [no-such-command-anywhere]\n"
    (example.folder / "berth.yml").write_text(images)
    server = start_berth(command=("up", str(example.template)))
    clients = Clients(server.endpoint)
    stacks = eventually(
        lambda: [s for s in clients.cloudformation.describe_stacks()["Stacks"] if s["StackStatus"] == "CREATE_COMPLETE"],
        within=20,
    )
    stack = Stack.named(clients, stacks[0]["StackName"])
    clients.sqs.send_message(QueueUrl=stack.physical("JobQueue"), MessageBody='{"seconds": 1}')
    (task, *_) = eventually(lambda: stack.tasks("STOPPED"), within=40)
    assert task["stopCode"] == "TaskFailedToStart"
    assert "CannotStartContainerError" in task["stoppedReason"]
    assert "no-such-command-anywhere" in task["stoppedReason"] + task["containers"][0].get("reason", "")
