"""Expecting an error, with AWS's code and AWS's words."""

import re
from contextlib import contextmanager

import pytest
from botocore.exceptions import ClientError


@contextmanager
def refused(code: str, message: str | re.Pattern | None = None, status: int = 400):
    """The block must end in this error: the code as boto3 shows it, the whole text, the status."""
    with pytest.raises(ClientError) as caught:
        yield caught
    response = caught.value.response
    assert response["Error"]["Code"] == code, response["Error"]
    if isinstance(message, re.Pattern):
        assert message.search(response["Error"]["Message"]), response["Error"]["Message"]
    elif message is not None:
        assert response["Error"]["Message"] == message
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status
