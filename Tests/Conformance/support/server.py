"""Berth as a process: started on a free port with a state directory, killed, and started again."""

import json
import os
import re
import select
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
LISTENING = re.compile(r"Berth is listening on (http://\S+)")


def build_directory() -> Path:
    """Where `swift build` put the products, or the directory that BERTH_BUILD names."""
    return Path(os.environ.get("BERTH_BUILD", REPOSITORY / ".build" / "debug")).resolve()


def environment(**more: str) -> dict[str, str]:
    """An environment without anything that could lead a client to AWS, with our products on the path."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "BERTH_"))}
    path = os.pathsep.join([str(build_directory()), str(REPOSITORY / ".venv" / "bin"), kept.get("PATH", "")])
    return kept | {"PATH": path} | more


class Berth:
    """One `berth` process that serves. Use it as a context manager; leaving it kills what still runs."""

    def __init__(self, state: Path, *arguments: str, command: tuple[str, ...] = ("serve",), cwd: Path | None = None):
        self.state = state
        self.command = command
        self.arguments = arguments
        self.cwd = cwd
        self.endpoint = ""
        self.port = 0
        self.process: subprocess.Popen | None = None
        self.lines: list[str] = []

    def start(self, port: int = 0, timeout: float = 20) -> "Berth":
        """Starts the process and waits for the line that says it is ready."""
        self.process = subprocess.Popen(
            ["berth", *self.command, "--port", str(port), "--state", str(self.state), *self.arguments],
            env=environment(), cwd=self.cwd, text=True, bufsize=1, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        match = self.wait_for_line(LISTENING, timeout)
        self.endpoint = match.group(1).rstrip("/.")
        self.port = int(self.endpoint.rsplit(":", 1)[1])
        return self

    def wait_for_line(self, pattern: re.Pattern, timeout: float) -> re.Match:
        """Reads output until a line matches. What was read stays in `lines`."""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            if not select.select([self.process.stdout], [], [], left)[0]:
                break
            line = self.process.stdout.readline()
            if not line:
                break
            self.lines.append(line)
            if match := pattern.search(line):
                return match
        ended = self.process.poll()
        raise AssertionError(
            f"no line matched {pattern.pattern!r} in {timeout} s (exit code {ended}):\n{''.join(self.lines[-40:])}"
        )

    def kill(self) -> None:
        """SIGKILL to the server alone: its tasks live on, as they would when it crashed."""
        self.process.kill()
        self.process.wait(timeout=10)

    def restart(self, *, command: tuple[str, ...] | None = None) -> "Berth":
        """Starts again on the same port and the same state."""
        if command is not None:
            self.command = command
        return self.start(self.port)

    def stop(self) -> int:
        """SIGTERM, as an operator would; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=40)
        finally:
            self._kill_group()

    def resident_kib(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def get(self, path: str):
        with urllib.request.urlopen(self.endpoint + path, timeout=10) as answer:
            return json.load(answer)

    def _kill_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait(timeout=10)

    def __enter__(self) -> "Berth":
        return self if self.process else self.start()

    def __exit__(self, *_) -> None:
        if self.process.poll() is None:
            self.stop()
        else:
            self._kill_group()


def berth(*arguments: str, timeout: float = 60, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess:
    """Runs a `berth` command to its end."""
    return subprocess.run(
        ["berth", *arguments], env=environment(**env), cwd=cwd, capture_output=True, text=True, timeout=timeout
    )
