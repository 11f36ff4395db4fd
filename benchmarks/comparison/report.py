"""The results: a table for people, JSON for programs."""

import json
import os
import platform
import random
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, stdev

from comparison.loads import load as load_of
from comparison.rounds import Turn

FLOOR = "floor-epoll"


@dataclass(frozen=True)
class Results:
    """What was measured, and on what."""

    machine: dict
    settings: dict
    versions: dict  # by server, in the order of the table
    turns: list
    left_out: dict  # why, by server and load

    @property
    def loads(self):
        return [load_of(name) for name in self.settings["loads"].split(",")]

    def of(self, load, server):
        return [turn for turn in self.turns if turn.load == load and turn.server == server]

    def write(self, path):
        """Everything, so that it can be looked at in another way later."""
        left_out = [[*of, why] for of, why in self.left_out.items()]
        raw = {"machine": self.machine, "options": self.settings, "versions": self.versions, "left out": left_out,
               "turns": [asdict(turn) for turn in self.turns]}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(raw, indent=1) + "\n")

    @staticmethod
    def read(path):
        raw = json.loads(Path(path).read_text())
        return Results(raw["machine"], raw["options"], raw["versions"], [Turn(**turn) for turn in raw["turns"]],
                       {(server, load): why for server, load, why in raw["left out"]})


def _spread(values):
    return f"{median(values):.2f} ({min(values):.2f}..{max(values):.2f})"


def _of_medians(pairs):
    return median(one for one, _ in pairs) / median(other for _, other in pairs)


def _error(pairs, draws=1000):
    """Standard error of the ratio: how it varies over rounds drawn anew from those that were (the paired bootstrap)."""
    if len(pairs) < 2:
        return 0
    lots = random.Random(1)
    return stdev(_of_medians(lots.choices(pairs, k=len(pairs))) for _ in range(draws))


def _ratio(turns, others):
    """Of the medians, its standard error, and of the least, which other work on the machine disturbs less."""
    if not others:
        return ""
    pairs = [(one.cpu, other.cpu) for one, other in zip(turns, others, strict=True)]
    least = min(one for one, _ in pairs) / min(other for _, other in pairs)
    return f"{_of_medians(pairs):.3f} ± {_error(pairs):.3f} ({least:.3f})"


def _mid(turns, field, form):
    values = [getattr(turn, field) for turn in turns]
    return "" if values[0] is None else format(median(values), form)


def _latencies(turns):
    return " / ".join(filter(None, (_mid(turns, field, ",.0f") for field in ("p50", "p99", "p999"))))


# What the head says, and what stands below it: of the server's turns, and of those of the one that is compared against.
COLUMNS = (
    ("CPU µs/request", lambda turns, others: _spread([turn.cpu for turn in turns])),
    ("of {against}", _ratio),
    ("requests/s", lambda turns, others: _mid(turns, "throughput", ",.0f")),
    ("p50 / p99 / p99.9 µs", lambda turns, others: _latencies(turns)),
    ("B allocated/request", lambda turns, others: _mid(turns, "allocated", ",.0f")),
    ("RSS MB", lambda turns, others: f"{median(turn.resident for turn in turns) / 1e6:.0f}"),
    ("busy", lambda turns, others: _mid(turns, "busy", ".0%")),
    ("others", lambda turns, others: f"{max(0, median(turn.others for turn in turns)):.0%}"),
)

DETAILS = (
    ("worker µs/request", lambda turns, others: _spread([turn.working for turn in turns])),
    ("user + system", lambda turns, others: f"{_mid(turns, 'user', '.2f')} + {_mid(turns, 'system', '.2f')}"),
)


def table(results, load, against, details):
    """One load: medians over the rounds, with the least and the most; the ratio is to the server that is compared against."""
    columns = COLUMNS + DETAILS if details else COLUMNS
    lines = [("server", *(head.format(against=against) for head, _ in columns)), ("---", *("---:" for _ in columns))]
    others = results.of(load.name, against)
    for server in results.versions:
        turns = results.of(load.name, server)
        if turns:
            lines.append((server, *(text(turns, others) for _, text in columns)))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def text(results, against, details):
    """All of it, in Markdown."""
    parts = []
    for load in results.loads:
        parts.append(f"**{load.heading}** (`{load.name}`)")
        if any(turn.load == load.name for turn in results.turns):
            parts.append(table(results, load, against, details))
        parts += [f"Left out: {server}: {why}" for (server, name), why in results.left_out.items() if name == load.name]
    about = results.machine | {name: version for name, version in results.versions.items() if version}
    parts.append(", ".join(f"{key} {value}" for key, value in about.items()))
    return "\n\n".join(parts)


def machine():
    """What the figures depend on."""
    cpus = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")]
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout
    return {"system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "processors": f"{len(cpus)} x {cpus[0] if cpus else 'unknown'}",
            "wrk": wrk.partition(" Copyright")[0].removeprefix("wrk "),
            "load average": os.getloadavg()[0]}
