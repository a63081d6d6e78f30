"""The goals of Documentation/Performance as data: what is divided by what, and when it is met.

A goal is met when the median of the rounds reaches it and the worst round stays within `SLACK` of it. Ratios are
taken inside a round, never between runs: absolute numbers on shared machines are good to forty per cent.
"""

from dataclasses import dataclass
from statistics import median

SLACK = 0.7


@dataclass(frozen=True)
class Goal:
    id: str
    what: str
    bound: float
    at_least: bool = True
    unit: str = "×"

    def judge(self, values: list[float]) -> dict:
        middle = median(values)
        worst = min(values) if self.at_least else max(values)
        if self.at_least:
            met = middle >= self.bound and worst >= SLACK * self.bound
        else:
            met = middle <= self.bound and worst <= self.bound / SLACK
        return {
            "goal": self.id, "what": self.what, "median": middle, "worst": worst, "rounds": len(values),
            "bound": self.bound, "relation": "≥" if self.at_least else "≤", "unit": self.unit, "met": met,
        }


GOALS = {
    goal.id: goal
    for goal in [
        Goal("Q1a", "send, 32 connections, to ministack (which keeps all in memory)", 7),
        Goal("Q1b", "receive and delete, 32 connections, to ministack", 10),
        Goal("Q2a", "send, 32 connections, to Redis streams fsynced always", 0.6),
        Goal("Q2b", "receive and delete, 32 connections, to Redis streams fsynced always", 0.8),
        Goal("Q3a", "send, one connection, to 1 KiB appends with fdatasync", 0.5),
        Goal("Q3b", "its median time, to that of an append with fdatasync", 2, at_least=False),
        Goal("Q4a", "send in tens, 8 connections, to ministack", 3),
        Goal("Q4b", "send in tens, 8 connections, to Redis streams fsynced always", 0.7),
        Goal("Q5", "send, 32 connections, buffered, to a SwiftNIO server that answers at once", 0.35),
        Goal("Q6", "send, receive and delete at a depth of 1,000,000, to a depth of 1,000", 0.9),
        Goal("Q7a", "resident when idle", 45, at_least=False, unit=" MiB"),
        Goal("Q7b", "resident for each stored message, over its body", 1.5, at_least=False, unit=" KiB"),
        Goal("Q8", "acknowledged sends lost or acknowledged deletes back, after SIGKILL at full load", 0,
             at_least=False, unit=""),
        Goal("C1a", "first answer, to ministack's", 0.25, at_least=False),
        Goal("C1b", "first answer, to Redis's", 2.5, at_least=False),
        Goal("C1c", "first answer with 1,000,000 messages stored", 300, at_least=False, unit=" ms"),
    ]
}
