"""boto3 clients that speak to one endpoint, answer fast on failure, and have every answer checked."""

import boto3
from botocore.config import Config

from . import shapes

REGION = "us-east-1"
CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


class Clients:
    """`clients.sqs`, `clients.ecs`, `clients.application_autoscaling`, … for one endpoint, made once."""

    def __init__(self, endpoint: str, check_shapes: bool = True):
        self.endpoint = endpoint
        self._check_shapes = check_shapes
        self._session = boto3.session.Session(region_name=REGION, **CREDENTIALS)

    def __getattr__(self, name: str):
        client = self._session.client(
            name.replace("_", "-"), endpoint_url=self.endpoint,
            config=Config(retries={"total_max_attempts": 1}, read_timeout=40, max_pool_connections=32),
        )
        if self._check_shapes:
            shapes.watch(client)
        setattr(self, name, client)
        return client
