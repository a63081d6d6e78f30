"""`make bench`: measures Berth beside ministack, moto, Redis and the disk, and says which goals are met.

One run, one machine: every ratio is taken within a round in which all targets ran, in shuffled order. Exits with 1
when a goal is missed. Writes Benchmarks/results/latest.json beside the table it prints.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from bench import measures
from bench.goals import GOALS
from bench.servers import ROOT, require_redis


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, a tenth of the depth, few crashes: a look")
    parser.add_argument("--rounds", type=int, help="default 5, quick 1")
    parser.add_argument("--only", choices=["throughput", "starting", "depth", "crashes"], help="one part")
    parser.add_argument("--seed", type=int, default=1, help="of the order of targets and the moments of the crashes")
    options = parser.parse_args()

    require_redis()
    rounds = options.rounds or (1 if options.quick else 5)
    seconds = 1 if options.quick else 2
    dice = random.Random(options.seed)
    values, rows = defaultdict(list), []
    load_before = os.getloadavg()[0]

    with tempfile.TemporaryDirectory(prefix="berth-bench-", dir=os.environ.get("BERTH_BENCH_DIRECTORY")) as name:
        folder = Path(name)
        parts = {
            "throughput": lambda: measures.throughput(folder, rounds, seconds, dice),
            "starting": lambda: (measures.starting(folder, max(rounds, 3), dice), []),
            "depth": lambda: (measures.depth(folder, 100_000 if options.quick else 1_000_000, rounds, seconds), []),
            "crashes": lambda: (measures.crashes(folder, 5 if options.quick else 100, dice), []),
        }
        for part, measure in parts.items():
            if options.only in (None, part):
                print(f"{part}:", flush=True)
                more, measured = measure()
                rows += measured
                for goal, found in more.items():
                    values[goal] += found

    verdicts = [goal.judge(values[goal.id]) for goal in GOALS.values() if values[goal.id]]
    report = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "quick": options.quick, "seed": options.seed,
        "load": [load_before, os.getloadavg()[0]], "cores": os.cpu_count(), "goals": verdicts, "measurements": rows,
    }
    results = ROOT / "Benchmarks" / "results"
    results.mkdir(exist_ok=True)
    (results / "latest.json").write_text(json.dumps(report, indent=2))

    print_rates(rows)
    print_verdicts(verdicts, report)
    return 0 if all(verdict["met"] for verdict in verdicts) else 1


def print_rates(rows: list[dict]) -> None:
    """Messages a second, median of the rounds, with what the reply promises."""
    if not rows:
        return
    steps = list(dict.fromkeys(row["step"] for row in rows))
    promise = {"berth": "fsynced", "redis": "fsynced", "fsync": "fsynced", "berth-buffered": "written",
               "limit": "nothing", "nio-limit": "nothing"}
    print(f"\n{'messages/s':<16}{'when replied':<14}" + "".join(f"{step:>16}" for step in steps))
    for target in dict.fromkeys(row["target"] for row in sorted(rows, key=lambda row: row["target"])):
        cells = []
        for step in steps:
            found = [row["rate"] for row in rows if (row["target"], row["step"]) == (target, step)]
            cells.append(f"{median(found):>16,.0f}" if found else f"{'–':>16}")
        print(f"{target:<16}{promise.get(target, 'in memory'):<14}" + "".join(cells))


def print_verdicts(verdicts: list[dict], report: dict) -> None:
    print(f"\n{'goal':<5}{'':<8}{'median':>10}{'worst':>10}{'bound':>12}  what")
    for verdict in verdicts:
        unit = verdict["unit"]
        bound = f"{verdict['relation']} {verdict['bound']:g}{unit}"
        print(
            f"{verdict['goal']:<5}{'met' if verdict['met'] else 'MISSED':<8}{verdict['median']:>10.2f}"
            f"{verdict['worst']:>10.2f}{bound:>12}  {verdict['what']}"
        )
    note = "; a quick look, not a result" if report["quick"] else ""
    print(f"\nload average {report['load'][0]:.1f} before, {report['load'][1]:.1f} after; {report['cores']} cores{note}")


if __name__ == "__main__":
    raise SystemExit(main())
