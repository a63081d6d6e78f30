"""Changing what runs by hand: UpdateService, RunTask, StopTask, and the instances that come for them."""

import sys

import pytest
from support.refusals import refused
from support.stacks import Stack
from support.waiting import eventually

from .conftest import TEMPLATE

PLACED_WITHIN = 40


@pytest.fixture(scope="module")
def stack(clients):
    """The example with a worker that only waits for its end, so that tasks last as long as a test needs."""
    image = "          Image: !Ref WorkerImage\n"
    sleep = f"          EntryPoint: [{sys.executable}, -c]\n          Command: ['import time; time.sleep(600)']\n"
    assert image in TEMPLATE
    waiting = TEMPLATE.replace(image, image + sleep).replace("StopTimeout: 120", "StopTimeout: 5")
    # The ladder would undo within a minute what the tests set by hand.
    waiting = waiting.replace("      AlarmActions:", "      ActionsEnabled: false\n      AlarmActions:")
    stack = Stack.create(clients, "by-hand", waiting, WorkerImage="none")
    yield stack
    stack.delete()


def running(stack, count):
    return eventually(
        lambda: len(tasks := stack.tasks()) == count and all(t["lastStatus"] == "RUNNING" for t in tasks) and tasks,
        within=PLACED_WITHIN, what=f"{count} tasks run",
    )


def test_a_task_waits_as_provisioning_until_an_instance_comes(clients, stack):
    ecs = clients.ecs
    answer = ecs.run_task(
        cluster=stack.cluster, taskDefinition=stack.physical("TaskDefinition"), startedBy="a test",
        capacityProviderStrategy=[{"capacityProvider": stack.physical("CapacityProvider")}],
    )
    assert answer["failures"] == []
    (task,) = answer["tasks"]
    assert (task["lastStatus"], task["desiredStatus"], task["startedBy"]) == ("PROVISIONING", "RUNNING", "a test")
    assert "containerInstanceArn" not in task

    eventually(lambda: stack.tasks()[0]["lastStatus"] == "RUNNING", within=PLACED_WITHIN)
    assert len(stack.instances()) == 2, "from zero, managed scaling starts two instances"
    (task,) = stack.tasks()
    (instance,) = ecs.describe_container_instances(
        cluster=stack.cluster, containerInstances=[task["containerInstanceArn"]]
    )["containerInstances"]
    assert (instance["status"], instance["runningTasksCount"]) == ("ACTIVE", 1)
    cpu = {r["name"]: r["integerValue"] for r in instance["registeredResources"] if r["type"] == "INTEGER"}["CPU"]
    left = {r["name"]: r["integerValue"] for r in instance["remainingResources"] if r["type"] == "INTEGER"}["CPU"]
    assert cpu - left == 1024

    stopped = ecs.stop_task(cluster=stack.cluster, task=task["taskArn"], reason="enough")["task"]
    assert stopped["desiredStatus"] == "STOPPED"
    eventually(lambda: not stack.tasks(), within=20)
    (gone,) = [t for t in stack.tasks("STOPPED") if t["taskArn"] == task["taskArn"]]
    assert (gone["stopCode"], gone["stoppedReason"]) == ("UserInitiated", "enough")
    assert gone["containers"][0]["exitCode"] == 143


def test_the_service_follows_its_desired_count(clients, stack):
    service = {"cluster": stack.cluster, "service": stack.physical("Service")}
    assert clients.ecs.update_service(**service, desiredCount=2)["service"]["desiredCount"] == 2
    tasks = running(stack, 2)
    assert {task["group"] for task in tasks} == {f"service:{stack.service['serviceName']}"}
    events = " ".join(event["message"] for event in stack.service["events"])
    assert "has started 2 tasks" in events or "has started 1 tasks" in events

    clients.ecs.update_service(**service, desiredCount=0)
    eventually(lambda: not stack.tasks(), within=30)
    codes = {task["stopCode"] for task in stack.tasks("STOPPED") if task["group"].startswith("service:")}
    assert codes == {"ServiceSchedulerInitiated"}
    eventually(stack.is_at_zero, within=60, every=0.5, what="the instances went, 15 AWS minutes after the tasks")


def test_running_an_unknown_task_definition_is_refused(clients, stack):
    with refused("ClientException"):
        clients.ecs.run_task(cluster=stack.cluster, taskDefinition="nothing-like-it")


def test_stopping_an_unknown_task_is_refused(clients, stack):
    with refused("InvalidParameterException", "The referenced task was not found."):
        clients.ecs.stop_task(cluster=stack.cluster, task="0" * 32)


def test_updating_an_unknown_service_is_refused(clients, stack):
    with refused("ServiceNotFoundException", "Service not found."):
        clients.ecs.update_service(cluster=stack.cluster, service="nothing-like-it", desiredCount=1)
