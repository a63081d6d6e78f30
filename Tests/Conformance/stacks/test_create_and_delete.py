"""CreateStack and DeleteStack over the example: events, resources, outputs, and what is left behind."""

import re
import time

import pytest
from support.refusals import refused
from support.server import REPOSITORY
from support.stacks import Stack

from .conftest import TEMPLATE, deployed


def test_a_stack_is_created_described_and_deleted(clients, new_name):
    cloudformation, name = clients.cloudformation, new_name()
    with deployed(clients, name) as stack:
        described = stack.describe()
        assert described["StackName"] == name
        assert re.fullmatch(rf"arn:aws:cloudformation:us-east-1:\d{{12}}:stack/{name}/[0-9a-f-]{{36}}", stack.arn)
        assert described["EnableTerminationProtection"] is False
        queue = stack.physical("JobQueue")
        assert queue.endswith(f"/{name}-jobs")
    with refused("ValidationError", f"Stack with id {name} does not exist"):
        cloudformation.describe_stacks(StackName=name)
    assert stack.describe()["StackStatus"] == "DELETE_COMPLETE"
    with refused("AWS.SimpleQueueService.NonExistentQueue"):
        clients.sqs.get_queue_url(QueueName=f"{name}-jobs")


def test_the_template_is_returned_byte_for_byte(clients, stack):
    assert clients.cloudformation.get_template(StackName=stack.name)["TemplateBody"] == TEMPLATE


def test_events_tell_every_step_newest_first(clients, stack):
    pages = clients.cloudformation.get_paginator("describe_stack_events").paginate(StackName=stack.name)
    events = [event for page in pages for event in page["StackEvents"]]
    assert len({event["EventId"] for event in events}) == len(events)
    times = [event["Timestamp"] for event in events]
    assert times == sorted(times, reverse=True)

    oldest_first = [
        (e["LogicalResourceId"], e["ResourceStatus"], e.get("ResourceStatusReason")) for e in reversed(events)
    ]
    assert oldest_first[0] == (stack.name, "CREATE_IN_PROGRESS", "User Initiated")
    assert oldest_first[-1] == (stack.name, "CREATE_COMPLETE", None)
    queue = [event[1:] for event in oldest_first if event[0] == "JobQueue"]
    assert queue == [
        ("CREATE_IN_PROGRESS", None), ("CREATE_IN_PROGRESS", "Resource creation Initiated"), ("CREATE_COMPLETE", None),
    ]


def test_what_depends_on_something_comes_after_it(clients, stack):
    events = clients.cloudformation.describe_stack_events(StackName=stack.name)["StackEvents"]
    complete = [e["LogicalResourceId"] for e in reversed(events) if e["ResourceStatus"] == "CREATE_COMPLETE"]
    for first, second in [("DeadLetterQueue", "JobQueue"), ("AutoScalingGroup", "CapacityProvider"),
                          ("ClusterCapacityProviders", "Service"), ("LadderPolicy", "MessagesAlarm")]:
        assert complete.index(first) < complete.index(second), complete


def test_every_resource_of_the_template_is_listed(clients, stack):
    listed = clients.cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack.name)
    summaries = [summary for page in listed for summary in page["StackResourceSummaries"]]
    assert {s["ResourceStatus"] for s in summaries} == {"CREATE_COMPLETE"}
    assert all(s["PhysicalResourceId"] for s in summaries)
    described = clients.cloudformation.describe_stack_resources(StackName=stack.name)["StackResources"]
    assert {s["LogicalResourceId"] for s in summaries} == {r["LogicalResourceId"] for r in described}
    assert {"JobQueue", "Service", "CapacityProvider", "Subnet3"} <= {s["LogicalResourceId"] for s in summaries}


def test_stacks_are_listed_with_their_status(clients, stack):
    summaries = clients.cloudformation.list_stacks(StackStatusFilter=["CREATE_COMPLETE"])["StackSummaries"]
    assert stack.name in {summary["StackName"] for summary in summaries}
    assert stack.arn in {s["StackId"] for s in clients.cloudformation.describe_stacks()["Stacks"]}


def test_a_name_is_taken_once(clients, stack):
    with refused("AlreadyExistsException", f"Stack [{stack.name}] already exists"):
        clients.cloudformation.create_stack(
            StackName=stack.name, TemplateBody=TEMPLATE, Capabilities=["CAPABILITY_IAM"]
        )


def test_roles_need_the_capability(clients, new_name):
    with refused("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_IAM]"):
        clients.cloudformation.create_stack(StackName=new_name(), TemplateBody=TEMPLATE)


def test_deleting_what_is_not_there_is_fine(clients, new_name):
    clients.cloudformation.delete_stack(StackName=new_name())


def test_parameters_reach_the_resources(clients, new_name):
    stack = Stack.create(clients, new_name(), TEMPLATE, InstanceType="m5.xlarge")
    parameters = {p["ParameterKey"]: p["ParameterValue"] for p in stack.describe()["Parameters"]}
    assert parameters["InstanceType"] == "m5.xlarge"
    stack.delete()


def test_a_failed_creation_is_rolled_back(clients, new_name):
    """The second queue's name is taken by the first, so the stack cannot be created and takes everything back."""
    name = new_name()
    template = f"""
        Resources:
          First:
            Type: AWS::SQS::Queue
            Properties: {{QueueName: {name}-same}}
          Second:
            Type: AWS::SQS::Queue
            DependsOn: First
            Properties: {{QueueName: {name}-same, DelaySeconds: 5}}
        """
    arn = clients.cloudformation.create_stack(StackName=name, TemplateBody=template)["StackId"]
    stack = Stack(clients, name, arn)
    stack.wait_for("ROLLBACK_COMPLETE", within=30)
    assert any(line.startswith("Second CREATE_FAILED ") for line in stack.reasons())
    with refused("AWS.SimpleQueueService.NonExistentQueue"):
        clients.sqs.get_queue_url(QueueName=f"{name}-same")
    stack.delete()


def test_json_and_yaml_say_the_same(clients, new_name):
    name = new_name()
    template = """{
        "Conditions": {"Never": {"Fn::Equals": [{"Ref": "AWS::Region"}, "nowhere"]}},
        "Mappings": {"Delays": {"us-east-1": {"Seconds": "7"}}},
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {
                "QueueName": {"Fn::Join": ["-", [{"Ref": "AWS::StackName"}, {"Fn::Select": [1, ["a", "b"]]}]]},
                "DelaySeconds": {"Fn::FindInMap": ["Delays", {"Ref": "AWS::Region"}, "Seconds"]},
                "VisibilityTimeout": {"Fn::If": ["Never", 1, {"Ref": "AWS::NoValue"}]}}},
            "Absent": {"Type": "AWS::SQS::Queue", "Condition": "Never"}},
        "Outputs": {
            "Arn": {"Value": {"Fn::GetAtt": ["Queue", "Arn"]}},
            "Name": {"Value": {"Fn::Sub": "${Queue.QueueName} in ${AWS::Region}, ${!literally}"}},
            "Last": {"Value": {"Fn::Select": [2, {"Fn::Split": [".", "x.y.z"]}]}}}}"""
    arn = clients.cloudformation.create_stack(StackName=name, TemplateBody=template)["StackId"]
    stack = Stack(clients, name, arn)
    stack.wait_for("CREATE_COMPLETE", within=30)
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack.describe()["Outputs"]}
    assert outputs["Arn"].endswith(f":{name}-b")
    assert outputs["Name"] == f"{name}-b in us-east-1, ${{literally}}"
    assert outputs["Last"] == "z"
    attributes = clients.sqs.get_queue_attributes(QueueUrl=stack.physical("Queue"), AttributeNames=["All"])
    assert (attributes["Attributes"]["DelaySeconds"], attributes["Attributes"]["VisibilityTimeout"]) == ("7", "30")
    stack.delete()


@pytest.mark.parametrize("template", ["template.yml", "template-gpu-spot.yml"])
def test_the_example_templates_validate(clients, template):
    body = (REPOSITORY / "Examples" / "QueueWorker" / template).read_text()
    answer = clients.cloudformation.validate_template(TemplateBody=body)
    assert "WorkerImage" in {parameter["ParameterKey"] for parameter in answer["Parameters"]}


def test_an_idle_stack_stays_at_zero(stack):
    time.sleep(3)  # three AWS minutes at the default pace: every alarm has been evaluated
    assert stack.is_at_zero()
    assert stack.service["desiredCount"] == 0
