"""What a user needs to look at what runs: the reads of every service over the deployed example."""

import pytest
from support.refusals import refused
from support.waiting import eventually


def test_the_caller_is_the_account_of_the_stack(clients, stack):
    identity = clients.sts.get_caller_identity()
    assert identity["Account"] == stack.arn.split(":")[4]
    assert identity["Arn"].startswith(f"arn:aws:iam::{identity['Account']}:")


def test_the_cluster(clients, stack):
    ecs = clients.ecs
    (cluster,) = ecs.describe_clusters(clusters=[stack.cluster])["clusters"]
    assert cluster["status"] == "ACTIVE"
    assert cluster["capacityProviders"] == [stack.physical("CapacityProvider")]
    assert cluster["activeServicesCount"] == 1
    assert cluster["clusterArn"] in ecs.list_clusters()["clusterArns"]
    assert ecs.list_container_instances(cluster=stack.cluster)["containerInstanceArns"] == []


def test_an_unknown_cluster_is_reported_as_missing(clients):
    answer = clients.ecs.describe_clusters(clusters=["nowhere"])
    assert answer["clusters"] == []
    (failure,) = answer["failures"]
    assert failure["reason"] == "MISSING" and failure["arn"].endswith(":cluster/nowhere")


def test_the_service(clients, stack):
    service = stack.service
    assert (service["desiredCount"], service["runningCount"], service["pendingCount"]) == (0, 0, 0)
    assert service["status"] == "ACTIVE"
    assert service["capacityProviderStrategy"][0]["capacityProvider"] == stack.physical("CapacityProvider")
    (deployment,) = service["deployments"]
    assert (deployment["status"], deployment["rolloutState"]) == ("PRIMARY", "COMPLETED")
    assert clients.ecs.list_services(cluster=stack.cluster)["serviceArns"] == [service["serviceArn"]]


def test_a_service_in_an_unknown_cluster_is_refused(clients):
    with refused("ClusterNotFoundException", "Cluster not found."):
        clients.ecs.describe_services(cluster="nowhere", services=["worker"])


def test_the_task_definition(clients, stack):
    ecs, arn = clients.ecs, stack.physical("TaskDefinition")
    definition = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
    assert (definition["status"], definition["revision"]) == ("ACTIVE", 1)
    (container,) = definition["containerDefinitions"]
    assert container["stopTimeout"] == 120
    assert {"name": "QUEUE_URL", "value": stack.physical("JobQueue")} in container["environment"]
    assert arn in ecs.list_task_definitions(familyPrefix=definition["family"])["taskDefinitionArns"]
    assert definition["family"] in ecs.list_task_definition_families(status="ACTIVE")["families"]
    assert ecs.describe_task_definition(taskDefinition=definition["family"])["taskDefinition"] == definition


def test_the_capacity_provider(clients, stack):
    name = stack.physical("CapacityProvider")
    (provider,) = clients.ecs.describe_capacity_providers(capacityProviders=[name])["capacityProviders"]
    group = provider["autoScalingGroupProvider"]
    assert (provider["status"], group["managedTerminationProtection"]) == ("ACTIVE", "ENABLED")
    assert group["managedScaling"]["targetCapacity"] == 100
    names = {p["name"] for p in clients.ecs.describe_capacity_providers()["capacityProviders"]}
    assert {name, "FARGATE", "FARGATE_SPOT"} <= names


def test_the_group(clients, stack):
    name = stack.physical("AutoScalingGroup")
    autoscaling = clients.autoscaling
    (group,) = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"]
    assert (group["MinSize"], group["MaxSize"], group["DesiredCapacity"]) == (0, 4, 0)
    assert group["NewInstancesProtectedFromScaleIn"] is True
    assert len(group["AvailabilityZones"]) == 3 and group["Instances"] == []
    assert "AmazonECSManaged" in {tag["Key"] for tag in group["Tags"]}
    assert autoscaling.describe_scaling_activities(AutoScalingGroupName=name)["Activities"] == []
    assert autoscaling.describe_auto_scaling_instances()["AutoScalingInstances"] is not None


def test_the_scalable_target_and_its_policies(clients, stack):
    scaling = clients.application_autoscaling
    resource = f"service/{stack.cluster}/{stack.service['serviceName']}"
    (target,) = scaling.describe_scalable_targets(ServiceNamespace="ecs", ResourceIds=[resource])["ScalableTargets"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (0, 4)
    policies = scaling.describe_scaling_policies(ServiceNamespace="ecs", ResourceId=resource)["ScalingPolicies"]
    by_name = {policy["PolicyName"]: policy["StepScalingPolicyConfiguration"] for policy in policies}
    ladder = by_name["ladder"]
    assert (ladder["AdjustmentType"], ladder["Cooldown"]) == ("ExactCapacity", 60)
    assert [step["ScalingAdjustment"] for step in ladder["StepAdjustments"]] == [1, 2, 3, 4]
    assert [step["ScalingAdjustment"] for step in by_name["empty"]["StepAdjustments"]] == [0]
    activities = scaling.describe_scaling_activities(ServiceNamespace="ecs", ResourceId=resource)
    assert activities["ScalingActivities"] == []


def test_the_alarms(clients, stack):
    names = [stack.physical("MessagesAlarm"), stack.physical("EmptyAlarm")]
    alarms = clients.cloudwatch.describe_alarms(AlarmNames=names)["MetricAlarms"]
    by_name = {alarm["AlarmName"]: alarm for alarm in alarms}
    messages = by_name[names[0]]
    assert (messages["Threshold"], messages["EvaluationPeriods"]) == (1.0, 1)
    assert messages["AlarmActions"] == [stack.physical("LadderPolicy")]
    assert {metric["Id"] for metric in messages["Metrics"]} == {"e1", "m1", "m2"}
    assert messages["StateValue"] in ("OK", "INSUFFICIENT_DATA")
    history = clients.cloudwatch.describe_alarm_history(AlarmName=names[0])["AlarmHistoryItems"]
    assert f'Alarm "{names[0]}" created' in {item["HistorySummary"] for item in history}


def test_the_metrics(clients, stack):
    queue = stack.physical("JobQueue").rsplit("/", 1)[1]
    dimensions = [{"Name": "QueueName", "Value": queue}]

    def names():
        metrics = clients.cloudwatch.list_metrics(Namespace="AWS/SQS", Dimensions=dimensions)["Metrics"]
        return {metric["MetricName"] for metric in metrics}

    # Metrics come each minute, and some time after it.
    eventually(lambda: "ApproximateNumberOfMessagesVisible" in names(), within=10)


def test_an_unknown_alarm_cannot_be_set(clients):
    with refused("ResourceNotFound", status=404) as caught:
        clients.cloudwatch.set_alarm_state(AlarmName="nowhere", StateValue="ALARM", StateReason="a test")
    assert isinstance(caught.value, clients.cloudwatch.exceptions.ResourceNotFound)


@pytest.mark.parametrize("service, operation", [
    ("ecs", "list_account_settings"), ("cloudwatch", "describe_insight_rules"), ("autoscaling", "describe_policies"),
])
def test_what_is_not_supported_says_so(clients, service, operation):
    """Nothing pretends: an operation of a known service is either carried out or clearly refused."""
    client = getattr(clients, service)
    try:
        getattr(client, operation)()
    except client.exceptions.ClientError as error:
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] in (400, 404, 501)
        assert error.response["Error"]["Code"] in ("UnknownOperationException", "InvalidAction", "UnsupportedOperation")
