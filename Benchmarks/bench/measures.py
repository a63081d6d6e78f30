"""What is measured. Each function fills a table of values, goal by goal."""

import random
import shutil
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .servers import Berth, BufferedBerth, Limit, Ministack, Moto, NIOLimit, Redis, run_loader

Values = dict[str, list[float]]


def log(text: str) -> None:
    print(f"  {text}", flush=True)


def shuffled(items, dice: random.Random) -> list:
    items = list(items)
    dice.shuffle(items)
    return items


# What a round does to every queue server: name, operation, loader options. Receives find what the sends left.
STEPS = [
    ("send c1", "send", {"threads": 1}),
    ("send c32", "send", {"threads": 32}),
    ("send b10 c8", "send", {"threads": 8, "batch": 10}),
    ("receive c32", "receive", {"threads": 32}),
    ("receive b10 c8", "receive", {"threads": 8, "batch": 10}),
]


# ministack and moto scan a list to receive: beyond a thousand messages they would measure that alone.
SHALLOW = {"ministack": 1_000, "moto": 300}


def throughput(folder: Path, rounds: int, seconds: float, dice: random.Random) -> tuple[Values, list[dict]]:
    """Q1 to Q5: every target in shuffled order in every round, ratios within the round."""
    values, rows = defaultdict(list), []
    for number in range(rounds):
        results = {}
        for kind in shuffled([Berth, BufferedBerth, Ministack, Moto, Redis, Limit, NIOLimit, None], dice):
            if kind is None:
                results["fsync"] = {"send c1": run_loader(driver="fsync", path=folder / "probe", seconds=seconds)}
                continue
            server = kind(folder / f"round-{number}")
            server.start()
            try:
                results[server.name] = run_steps(server, seconds)
            finally:
                server.stop()
                shutil.rmtree(server.folder, ignore_errors=True)
        for target, steps in results.items():
            rows += [{"round": number, "target": target, "step": step, **result} for step, result in steps.items()]
        add_ratios(values, results)
        log(f"round {number + 1} of {rounds}: Berth sends {results['berth']['send c32']['rate']:,.0f} a second")
    return values, rows


def run_steps(server, seconds: float) -> dict[str, dict]:
    if isinstance(server, Limit):
        return {"send c32": server.load("send", "none", threads=32, seconds=seconds)}
    results = {}
    queue = server.make_queue("bench")
    for step, operation, options in STEPS:
        target = queue
        if operation == "receive" and server.name in SHALLOW:
            target = server.make_queue("shallow-" + step.replace(" ", "-"))
            server.load("send", target, threads=1, batch=10, seconds=60, count=SHALLOW[server.name])
        results[step] = server.load(operation, target, seconds=seconds, **options)
    return results


def add_ratios(values: Values, results: dict[str, dict[str, dict]]) -> None:
    def ratio(step, to, key="rate", of="berth", to_step=None):
        return results[of][step][key] / results[to][to_step or step][key]

    values["Q1a"].append(ratio("send c32", "ministack"))
    values["Q1b"].append(ratio("receive c32", "ministack"))
    values["Q2a"].append(ratio("send c32", "redis"))
    values["Q2b"].append(ratio("receive c32", "redis"))
    values["Q3a"].append(ratio("send c1", "fsync"))
    values["Q3b"].append(ratio("send c1", "fsync", key="p50_ms"))
    values["Q4a"].append(ratio("send b10 c8", "ministack"))
    values["Q4b"].append(ratio("send b10 c8", "redis"))
    values["Q5"].append(ratio("send c32", "nio-limit", of="berth-buffered"))


def starting(folder: Path, rounds: int, dice: random.Random) -> Values:
    """C1 and the idle half of Q7: cold starts with an empty store, targets alternating."""
    values = defaultdict(list)
    for number in range(rounds):
        seconds = {}
        for kind in shuffled([Berth, Ministack, Redis], dice):
            server = kind(folder / f"start-{number}")
            seconds[server.name] = server.start()
            if server.name == "berth":
                time.sleep(1)
                values["Q7a"].append(server.resident_mib())
            server.stop()
            shutil.rmtree(server.folder, ignore_errors=True)
        values["C1a"].append(seconds["berth"] / seconds["ministack"])
        values["C1b"].append(seconds["berth"] / seconds["redis"])
    return values


def depth(folder: Path, deep: int, rounds: int, seconds: float, body_bytes: int = 128) -> Values:
    """Q6, the other half of Q7, and C1 with a full store."""
    values = defaultdict(list)
    server = Berth(folder / "depth")
    server.start()
    try:
        before = server.resident_mib()
        queues = {count: server.make_queue(f"depth-{count}") for count in (1_000, deep)}
        for count, queue in queues.items():
            log(f"filling a queue with {count:,} messages")
            server.load("send", queue, threads=8, batch=10, seconds=900, count=count, bytes=body_bytes)
        grown_kib = (server.resident_mib() - before) * 1024
        values["Q7b"].append(grown_kib / (deep + 1_000) - body_bytes / 1024)
        for number in range(rounds):
            order = [1_000, deep] if number % 2 else [deep, 1_000]
            rates = {
                count: server.load("cycle", queues[count], threads=8, seconds=seconds, bytes=body_bytes)["rate"]
                for count in order
            }
            values["Q6"].append(rates[deep] / rates[1_000])
        server.stop()
        values["C1c"].append(server.start() * 1000)
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
    return values


def crashes(folder: Path, rounds: int, dice: random.Random) -> Values:
    """Q8: SIGKILL while senders and receivers run at full speed, then count. One server, one growing history."""
    server = Berth(folder / "crash")
    server.start()
    queue = server.make_queue("crash", VisibilityTimeout="1")
    told = defaultdict(set)
    try:
        for number in range(rounds):
            ledgers = {operation: folder / f"ledger-{operation}" for operation in ("send", "consume")}
            with ThreadPoolExecutor(len(ledgers)) as loaders:
                loads = [
                    loaders.submit(
                        run_loader, driver="sqs", port=server.port, queue=queue, operation=operation, threads=8,
                        seconds=60, run=number, ledger=ledger,
                    )
                    for operation, ledger in ledgers.items()
                ]
                time.sleep(dice.uniform(0.1, 0.6))
                server.kill()
            for load, ledger in zip(loads, ledgers.values()):
                load.result()
                read_ledger(ledger, told)
            server.start()
        time.sleep(1.5)  # what was in flight is visible again
        left = folder / "ledger-left"
        server.load("receive", queue, threads=8, batch=10, seconds=300, ledger=left)
        present = defaultdict(set)
        read_ledger(left, present)
    finally:
        server.stop()
    lost = told["sent"] - told["deleted"] - told["maybe deleted"] - present["deleted"]
    back = told["deleted"] & present["deleted"]
    log(f"{len(told['sent']):,} sends and {len(told['deleted']):,} deletes acknowledged over {rounds} crashes")
    return {"Q8": [len(lost) + len(back)]}


def read_ledger(path: Path, told: dict[str, set]) -> None:
    for line in path.read_text().splitlines():
        what, _, body = line.rpartition(" ")
        told[what].add(body)
