"""Waiting for what a living server does in its own time, always with a deadline."""

import time


def eventually(question, *, within: float, every: float = 0.1, what: str = ""):
    """Asks until the answer is true and returns it. The last answer is in the failure."""
    deadline = time.monotonic() + within
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what or question}; the last answer was {answer!r}")
        time.sleep(every)


def never(question, *, within: float, every: float = 0.1, what: str = "") -> None:
    """Asks for a while and fails as soon as the answer is true."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        answer = question()
        assert not answer, f"{what or question}: {answer!r}"
        time.sleep(every)
