"""Berth's own commands that need nothing running, or only a server."""

import json

import pytest
from support.clients import Clients
from support.server import REPOSITORY, berth

pytestmark = pytest.mark.process

TEMPLATE = str(REPOSITORY / "Examples" / "QueueWorker" / "template.yml")
COMMANDS = ["up", "serve", "down", "status", "events", "explain", "send", "logs", "env", "doctor"]


def test_help_names_every_command():
    result = berth("--help")
    assert result.returncode == 0
    assert all(command in result.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    result = berth(command, "--help")
    assert result.returncode == 0 and "USAGE: berth " + command in result.stdout


def test_the_port_file_tells_scripts_where_the_server_is(start_berth, tmp_path):
    server = start_berth("--port-file", str(tmp_path / "port"))
    assert (tmp_path / "port").read_text().strip() == str(server.port)
    assert server.get("/_berth/health")


def test_env_points_sdks_at_the_server(start_berth):
    server = start_berth()
    result = berth("env", "--endpoint", server.endpoint)
    assert result.returncode == 0
    lines = dict(line.removeprefix("export ").split("=", 1) for line in result.stdout.splitlines() if "=" in line)
    assert lines["AWS_ENDPOINT_URL"].strip("'\"") == server.endpoint
    assert {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} <= lines.keys()


def test_send_fills_a_queue(start_berth):
    server = start_berth()
    sqs = Clients(server.endpoint).sqs
    url = sqs.create_queue(QueueName="filled")["QueueUrl"]
    assert berth("send", "filled", "--count", "12", "--body", "x", "--endpoint", server.endpoint).returncode == 0
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    assert counts["Attributes"]["ApproximateNumberOfMessages"] == "12"


def test_the_endpoint_may_come_from_the_environment(start_berth):
    server = start_berth()
    result = berth("status", "--json", BERTH_ENDPOINT=server.endpoint)
    assert result.returncode == 0, result.stderr
    json.loads(result.stdout)


def test_doctor_finds_nothing_unsupported_in_the_example():
    result = berth("doctor", TEMPLATE, "--json")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)


def test_doctor_names_what_is_not_supported(tmp_path):
    template = tmp_path / "template.yml"
    template.write_text("Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n")
    result = berth("doctor", str(template))
    assert "AWS::DynamoDB::Table" in result.stdout + result.stderr
    assert result.returncode != 0


def test_the_fidelity_table_in_the_documentation_is_the_one_the_server_has():
    result = berth("fidelity")
    assert result.returncode == 0
    assert (REPOSITORY / "Documentation" / "Fidelity.md").read_text() == result.stdout, (
        "run `berth fidelity > Documentation/Fidelity.md`"
    )
