"""The main job: messages wake a service from zero, and everything goes back to zero. Real workers, real processes."""

import json
import re

import pytest
from support.clients import Clients
from support.server import berth
from support.stacks import Stack
from support.waiting import eventually

pytestmark = pytest.mark.process

WITHIN = 90


def send_jobs(stack, count, seconds=2):
    entries = [{"Id": str(n), "MessageBody": json.dumps({"seconds": seconds})} for n in range(count)]
    for start in range(0, count, 10):
        answer = stack.clients.sqs.send_message_batch(
            QueueUrl=stack.physical("JobQueue"), Entries=entries[start:start + 10]
        )
        assert "Failed" not in answer


def dead_letters(stack):
    attributes = stack.clients.sqs.get_queue_attributes(
        QueueUrl=stack.physical("DeadLetterQueue"), AttributeNames=["ApproximateNumberOfMessages"]
    )
    return int(attributes["Attributes"]["ApproximateNumberOfMessages"])


@pytest.fixture(params=["berth.yml", "berth-python.yml"], ids=["swift", "python"])
def worker(request, example):
    """The example with each of its workers in turn."""
    (example.folder / "berth.yml").write_text((example.folder / request.param).read_text())
    return example


def test_messages_wake_the_service_and_all_goes_back_to_zero(worker, start_berth):
    server = start_berth(command=("up", str(worker.template)))
    clients = Clients(server.endpoint)
    stack = eventually(lambda: stack_of(clients), within=20)
    send_jobs(stack, 25)

    peak = {"desired": 0, "running": 0, "instances": 0}

    def at_zero_again():
        peak["desired"] = max(peak["desired"], stack.service["desiredCount"])
        peak["running"] = max(peak["running"], len(stack.tasks()))
        peak["instances"] = max(peak["instances"], len(stack.instances()))
        return peak["running"] > 0 and stack.is_at_zero()

    eventually(at_zero_again, within=WITHIN, every=0.25)
    assert peak["desired"] == 3, "21 to 30 messages are the third rung"
    assert peak["running"] == 3
    assert peak["instances"] >= 2, "from zero, managed scaling starts two instances"
    assert dead_letters(stack) == 0

    decisions = server.get("/_berth/decisions")
    sentences = [decision["sentence"] for decision in decisions]
    assert {decision["kind"] for decision in decisions} >= {"alarm", "scaling", "service", "capacity", "instance"}
    assert all(sentence.endswith(".") for sentence in sentences)


def stack_of(clients):
    stacks = clients.cloudformation.describe_stacks()["Stacks"]
    complete = [stack["StackName"] for stack in stacks if stack["StackStatus"] == "CREATE_COMPLETE"]
    return Stack.named(clients, complete[0]) if complete else None


def test_up_sends_waits_and_sums_up(worker, tmp_path):
    result = berth(
        "up", str(worker.template), "--port", "0", "--state", str(tmp_path / "state"), "--send", "25",
        "--body", '{"seconds": 2}', "--exit-when-idle", timeout=WITHIN + 30,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert re.search(r"\b25\b", result.stdout) and "killed mid-job" in result.stdout


def test_a_crash_in_the_middle_loses_nothing(example, start_berth):
    """SIGKILL while jobs run, then the same state: every message is still done, and no process is left over."""
    server = start_berth(command=("up", str(example.template)))
    stack = eventually(lambda: stack_of(Clients(server.endpoint)), within=20)
    send_jobs(stack, 25)
    eventually(lambda: any(t["lastStatus"] == "RUNNING" for t in stack.tasks()), within=40)

    server.kill()
    server.restart(command=("serve",))
    stack = Stack.named(Clients(server.endpoint), stack.name)
    waiting, in_flight = stack.message_counts()
    assert 0 < waiting + in_flight <= 25
    eventually(stack.is_at_zero, within=WITHIN + 60, every=0.5)
    assert dead_letters(stack) == 0


def test_an_idle_stack_explains_itself(example, start_berth):
    server = start_berth(command=("up", str(example.template)))
    stack = eventually(lambda: stack_of(Clients(server.endpoint)), within=20)
    for command in (["status"], ["events"], ["explain", stack.service["serviceName"]]):
        result = berth(*command, "--endpoint", server.endpoint)
        assert result.returncode == 0 and result.stdout.strip(), result.stderr
        as_json = berth(*command, "--endpoint", server.endpoint, "--json")
        assert as_json.returncode == 0 and all(json.loads(line) for line in as_json.stdout.splitlines() if line)
