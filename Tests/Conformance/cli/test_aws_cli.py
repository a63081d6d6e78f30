"""The AWS CLI, unmodified, as a user types it."""

import json
import subprocess

import pytest
from support.server import environment


@pytest.fixture
def aws(endpoint):
    def run(*arguments, check=True):
        result = subprocess.run(
            ["aws", "--endpoint-url", endpoint, "--output", "json", *arguments], capture_output=True, text=True,
            timeout=60,
            env=environment(
                AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="us-east-1",
                AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null", AWS_EC2_METADATA_DISABLED="true",
            ),
        )
        if check:
            assert result.returncode == 0, result.stderr
            return json.loads(result.stdout) if result.stdout.strip() else {}
        return result

    return run


def test_a_message_there_and_back(aws, new_name):
    url = aws("sqs", "create-queue", "--queue-name", new_name(), "--attributes", "VisibilityTimeout=60")["QueueUrl"]
    sent = aws("sqs", "send-message", "--queue-url", url, "--message-body", "from the command line")
    (received,) = aws("sqs", "receive-message", "--queue-url", url, "--attribute-names", "All")["Messages"]
    assert received["MessageId"] == sent["MessageId"]
    assert received["Attributes"]["ApproximateReceiveCount"] == "1"
    aws("sqs", "delete-message", "--queue-url", url, "--receipt-handle", received["ReceiptHandle"])
    assert url in aws("sqs", "list-queues")["QueueUrls"]
    aws("sqs", "delete-queue", "--queue-url", url)


def test_an_error_is_told_in_awss_words(aws):
    result = aws("sqs", "get-queue-url", "--queue-name", "nowhere", check=False)
    assert result.returncode in (254, 255)  # version 2, version 1
    assert "(AWS.SimpleQueueService.NonExistentQueue)" in result.stderr
    assert "The specified queue does not exist." in result.stderr


@pytest.mark.parametrize("command, member", [
    (["sts", "get-caller-identity"], "Account"),
    (["ecs", "list-clusters"], "clusterArns"),
    (["ecs", "describe-capacity-providers"], "capacityProviders"),
    (["cloudwatch", "describe-alarms"], "MetricAlarms"),
    (["cloudwatch", "list-metrics"], "Metrics"),
    (["autoscaling", "describe-auto-scaling-groups"], "AutoScalingGroups"),
    (["application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs"], "ScalableTargets"),
    (["cloudformation", "describe-stacks"], "Stacks"),
])
def test_every_service_answers(aws, command, member):
    assert member in aws(*command)


def test_a_stack_is_created_and_deleted(aws, new_name, tmp_path):
    name = new_name()
    template = tmp_path / "queue.yml"
    template.write_text("Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n")
    aws("cloudformation", "create-stack", "--stack-name", name, "--template-body", f"file://{template}")
    aws("cloudformation", "wait", "stack-exists", "--stack-name", name)
    resources = aws("cloudformation", "list-stack-resources", "--stack-name", name)["StackResourceSummaries"]
    assert [resource["ResourceType"] for resource in resources] == ["AWS::SQS::Queue"]
    aws("cloudformation", "delete-stack", "--stack-name", name)
