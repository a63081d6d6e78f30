"""The servers that are measured, each a process on a port of its own with a directory of its own."""

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOADER = ROOT / "Benchmarks" / "loader" / "loader"
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=" + "0" * 64
)


def free_port() -> int:
    """Below the ports that clients are given: a server that is restarted must find its own free."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Server:
    """A process that answers on a port. `durable` says whether it has fsynced what it acknowledges."""

    name = ""
    driver = "sqs"
    durable = False

    def __init__(self, folder: Path):
        self.folder = folder / self.name
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        return {}

    def start(self) -> float:
        """Starts the process and returns the seconds until its first answer, asking every half millisecond."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = open(self.folder / "log", "ab")
        started = time.perf_counter()
        self.process = subprocess.Popen(
            self.command(), cwd=self.folder, stdout=log, stderr=log, env=os.environ | self.environment()
        )
        while time.perf_counter() - started < 60:
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.name} ended at once: {self.last_words()}")
            try:
                self.ping()
                return time.perf_counter() - started
            except OSError:
                time.sleep(0.0005)
        raise RuntimeError(f"{self.name} does not answer: {self.last_words()}")

    def last_words(self) -> str:
        """The end of its log, which is gone with its directory when the measurement ends."""
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def ping(self) -> None:
        self.call("ListQueues")

    def call(self, operation: str, **members):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/", data=json.dumps(members).encode(), method="POST",
            headers={
                "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": f"AmazonSQS.{operation}",
                "Authorization": AUTHORIZATION,
            },
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"{}")

    def make_queue(self, name: str, **attributes: str) -> str:
        return self.call("CreateQueue", QueueName=name, Attributes=attributes)["QueueUrl"]

    def resident_mib(self) -> float:
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"{self.name} has no VmRSS")

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def load(self, operation: str, queue: str, *, threads: int, batch: int = 1, seconds: float = 2, **more) -> dict:
        """Runs the loader and returns what it measured, with the server's CPU time beside it."""
        options = {
            "driver": self.driver, "port": self.port, "queue": queue, "operation": operation, "threads": threads,
            "batch": batch, "seconds": seconds, **more,
        }
        cpu = self.cpu_seconds()
        result = run_loader(**options)
        if result["broken"] == 0:
            result["server_cpu"] = self.cpu_seconds() - cpu
        return result


class Berth(Server):
    name = "berth"
    durable = True
    durability = "fsync"

    def command(self):
        binary = os.environ.get("BERTH_BENCH_BINARY", str(ROOT / ".build" / "release" / "berth"))
        return [
            binary, "serve", "--port", str(self.port), "--state", str(self.folder / "state"),
            "--durability", self.durability,
        ]


class BufferedBerth(Berth):
    """Acknowledges what is written but not yet fsynced. Never in one ratio with durable servers."""

    name = "berth-buffered"
    durable = False
    durability = "buffered"


class Ministack(Server):
    name = "ministack"

    def command(self):
        return [str(Path(sys.executable).parent / "ministack")]

    def environment(self):
        return {"GATEWAY_PORT": str(self.port), "GATEWAY_HOST": "127.0.0.1"}


class Moto(Server):
    name = "moto"

    def command(self):
        return [str(Path(sys.executable).parent / "moto_server"), "--host", "127.0.0.1", "--port", str(self.port)]


class Redis(Server):
    """Streams with an append-only file, fsynced before every reply."""

    name = "redis"
    driver = "redis"
    durable = True

    def command(self):
        return [
            "redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder), "--save", "",
            "--appendonly", "yes", "--appendfsync", "always",
        ]

    def ping(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            if not connection.recv(16).startswith(b"+PONG"):
                raise OSError("not yet")

    def make_queue(self, name, **attributes):
        return name


class Limit(Server):
    """Answers every POST at once with nothing: what any server on this machine could at most do."""

    name = "limit"

    def command(self):
        return [str(LOADER), "--driver", "limit", "--port", str(self.port)]

    def make_queue(self, name, **attributes):
        return name


class NIOLimit(Limit):
    """The same in Swift on SwiftNIO: what a server built like Berth could at most do."""

    name = "nio-limit"

    def command(self):
        return [str(ROOT / "Benchmarks" / "nio-limit" / ".build" / "release" / "nio-limit"), str(self.port)]


def run_loader(**options) -> dict:
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    result = subprocess.run([str(LOADER), *words], capture_output=True, text=True, timeout=600)
    if result.returncode != 0:
        raise RuntimeError(f"the loader failed with {options}: {result.stderr}")
    return json.loads(result.stdout)


def require_redis() -> None:
    """Installs Redis where that takes one command; otherwise says what is missing."""
    if shutil.which("redis-server"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SystemExit("The benchmarks need redis-server: install your system's package.")
    print("Installing redis-server ...", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    subprocess.run(["apt-get", "install", "-y", "-qq", "redis-server"], check=True, stdout=subprocess.DEVNULL)
