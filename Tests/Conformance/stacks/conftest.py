"""The example's stack: deployed once for the tests that only look at it, or afresh for those that change it."""

import contextlib

import pytest
from support.server import REPOSITORY
from support.stacks import Stack

TEMPLATE = (REPOSITORY / "Examples" / "QueueWorker" / "template.yml").read_text()


@contextlib.contextmanager
def deployed(clients, name):
    stack = Stack.create(clients, name, TEMPLATE)
    try:
        yield stack
    finally:
        stack.delete()


@pytest.fixture(scope="module")
def stack(clients, request):
    """The example's stack, shared by a module of tests that leave it as it is."""
    with deployed(clients, f"shared-{request.module.__name__.rsplit('_', 1)[-1]}") as stack:
        yield stack
