"""Fixtures: a Berth for the session, clients for it, and queues that no two tests share."""

import itertools
import os
import shutil
from types import SimpleNamespace

import pytest

from support.clients import Clients
from support.server import REPOSITORY, Berth, build_directory, environment


def pytest_addoption(parser):
    parser.addoption(
        "--endpoint", help="test what listens there instead of starting Berth; skips tests that need its process"
    )
    parser.addoption("--no-shapes", action="store_true", help="leave answers unchecked, to try a test on a peer")


def pytest_configure(config):
    # Subprocesses are looked up on this path: our products first, then the virtual environment's clients.
    os.environ["PATH"] = environment()["PATH"]
    if not config.getoption("--endpoint") and not (build_directory() / "berth").exists():
        raise pytest.UsageError(f"there is no {build_directory() / 'berth'}: run `make build`, or say --endpoint URL")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--endpoint"):
        for item in items:
            if item.get_closest_marker("process") or "start_berth" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason="needs its own process"))


@pytest.fixture(scope="session")
def endpoint(request, tmp_path_factory):
    """Where the server under test listens. One server serves the whole session: tests must not disturb each other."""
    given = request.config.getoption("--endpoint")
    if given:
        yield given
        return
    with Berth(tmp_path_factory.mktemp("berth") / "state") as server:
        yield server.endpoint
        assert server.process.poll() is None, "the server ended during the tests:\n" + "".join(server.lines)


@pytest.fixture(scope="session")
def clients(request, endpoint):
    return Clients(endpoint, check_shapes=not request.config.getoption("--no-shapes"))


@pytest.fixture(scope="session")
def sqs(clients):
    return clients.sqs


@pytest.fixture
def start_berth(tmp_path):
    """Starts further servers, each with the state directory it is given; all are gone when the test ends."""
    started = []

    def start(*arguments, state=tmp_path / "state", port=0, command=("serve",), cwd=None):
        server = Berth(state, *arguments, command=command, cwd=cwd)
        started.append(server)
        return server.start(port)

    yield start
    for server in reversed(started):
        if server.process is not None:
            server.__exit__()


_numbers = itertools.count(1)


@pytest.fixture
def new_name(request):
    """A name nobody has used: the test's own, shortened, and a number."""
    stem = "".join(c if c.isalnum() else "-" for c in request.node.name)[:50]
    return lambda suffix="": f"{stem}-{next(_numbers)}{suffix}"


@pytest.fixture
def make_queue(sqs, new_name):
    """Makes queues with the given attributes and returns their URLs; they are deleted afterwards."""
    made = []

    def make(**attributes):
        url = sqs.create_queue(
            QueueName=new_name(), Attributes={name: str(value) for name, value in attributes.items()}
        )["QueueUrl"]
        made.append(url)
        return url

    yield make
    for url in made:
        try:
            sqs.delete_queue(QueueUrl=url)
        except sqs.exceptions.QueueDoesNotExist:
            pass


@pytest.fixture
def queue(make_queue):
    return make_queue()


@pytest.fixture
def arn(sqs):
    def arn_of(url):
        return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    return arn_of


@pytest.fixture
def example(tmp_path):
    """A private copy of Examples/QueueWorker, to be changed at will."""
    copy = tmp_path / "QueueWorker"
    shutil.copytree(REPOSITORY / "Examples" / "QueueWorker", copy)
    template = copy / "template.yml"
    return SimpleNamespace(folder=copy, template=template, body=template.read_text())
