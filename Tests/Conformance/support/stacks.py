"""A stack as a test sees it: created, its resources by logical id, deleted."""

from .waiting import eventually

CREATED_WITHIN = 60
DELETED_WITHIN = 90


class Stack:
    def __init__(self, clients, name: str, arn: str):
        self.clients = clients
        self.name = name
        self.arn = arn

    @classmethod
    def create(cls, clients, name: str, template: str, **parameters: str) -> "Stack":
        arn = clients.cloudformation.create_stack(
            StackName=name, TemplateBody=template, Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
        )["StackId"]
        stack = cls(clients, name, arn)
        stack.wait_for("CREATE_COMPLETE", within=CREATED_WITHIN)
        return stack

    @classmethod
    def named(cls, clients, name: str) -> "Stack":
        arn = clients.cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackId"]
        return cls(clients, name, arn)

    def describe(self) -> dict:
        return self.clients.cloudformation.describe_stacks(StackName=self.arn)["Stacks"][0]

    def wait_for(self, status: str, within: float) -> None:
        def reached():
            now = self.describe()["StackStatus"]
            assert now == status or now.endswith("IN_PROGRESS"), f"{now}\n" + "\n".join(self.reasons())
            return now == status

        eventually(reached, within=within, what=f"{self.name} is {status}")

    def reasons(self) -> list[str]:
        events = self.clients.cloudformation.describe_stack_events(StackName=self.arn)["StackEvents"]
        return [f"{e['LogicalResourceId']} {e['ResourceStatus']} {e.get('ResourceStatusReason', '')}" for e in events]

    def physical(self, logical_id: str) -> str:
        """The physical id of a resource: a URL for a queue, an ARN for a service, a name for most others."""
        answer = self.clients.cloudformation.describe_stack_resource(
            StackName=self.arn, LogicalResourceId=logical_id
        )
        return answer["StackResourceDetail"]["PhysicalResourceId"]

    def delete(self) -> None:
        self.clients.cloudformation.delete_stack(StackName=self.arn)
        self.wait_for("DELETE_COMPLETE", within=DELETED_WITHIN)

    # What the example's resources are called by the services they belong to.

    @property
    def cluster(self) -> str:
        return self.physical("Cluster")

    @property
    def service(self) -> dict:
        (service,) = self.clients.ecs.describe_services(
            cluster=self.cluster, services=[self.physical("Service")]
        )["services"]
        return service

    def tasks(self, status: str = "RUNNING") -> list[dict]:
        ecs = self.clients.ecs
        arns = ecs.list_tasks(cluster=self.cluster, desiredStatus=status)["taskArns"]
        return ecs.describe_tasks(cluster=self.cluster, tasks=arns)["tasks"] if arns else []

    def instances(self) -> list[str]:
        return self.clients.ecs.list_container_instances(cluster=self.cluster)["containerInstanceArns"]

    def message_counts(self) -> tuple[int, int]:
        """Waiting and in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = self.clients.sqs.get_queue_attributes(
            QueueUrl=self.physical("JobQueue"), AttributeNames=names
        )["Attributes"]
        return int(counts[names[0]]), int(counts[names[1]])

    def is_at_zero(self) -> bool:
        """Nothing waits, nothing runs, nothing is paid for."""
        return self.message_counts() == (0, 0) and not self.tasks() and not self.instances()
