"""The results: a table for people, JSON for programs."""

import json
import os
import platform
import random
import subprocess
from dataclasses import asdict
from pathlib import Path
from statistics import median, stdev

FLOOR = "floor-epoll"
HEAD = ("load", "server", "CPU µs/request", "of {against}", "worker µs/request", "user + system", "requests/s",
        "p50 / p99 / p99.9 µs", "busy", "others", "RSS MB")


def _of(turns, load, server):
    return [t for t in turns if t.load == load and t.server == server]


def _spread(values):
    return f"{median(values):.2f} ({min(values):.2f}..{max(values):.2f})"


def _of_medians(pairs):
    return median(one for one, _ in pairs) / median(other for _, other in pairs)


def _error(pairs, draws=1000):
    """Standard error of the ratio: how it varies over rounds drawn anew from those that were (the paired bootstrap)."""
    lots = random.Random(1)
    return stdev(_of_medians(lots.choices(pairs, k=len(pairs))) for _ in range(draws))


def _ratio(turns, others):
    """Of the medians, its standard error, and of the least, which other work on the machine disturbs less."""
    if not others:
        return ""
    pairs = [(one.cpu, other.cpu) for one, other in zip(turns, others, strict=True)]
    least = min(one for one, _ in pairs) / min(other for _, other in pairs)
    return f"{_of_medians(pairs):.3f} ± {_error(pairs):.3f} ({least:.3f})"


def _latencies(turns):
    if turns[0].p50 is None:
        return ""
    return " / ".join(f"{median(getattr(t, p) for t in turns):,.0f}" for p in ("p50", "p99", "p999"))


def _row(turns, others):
    def mid(field):
        return median(getattr(t, field) for t in turns)

    return (turns[0].load, turns[0].server, _spread([t.cpu for t in turns]), _ratio(turns, others),
            _spread([t.working for t in turns]), f"{mid('user'):.2f} + {mid('system'):.2f}",
            f"{mid('throughput'):,.0f}", _latencies(turns), f"{mid('busy'):.0%}",
            f"{max(0, mid('others')):.0%}", f"{mid('resident') / 1e6:.0f}")


def table(turns, servers, loads, against):
    """Medians over the rounds, with the least and the most; the ratio is to the server that is compared against."""
    rows = [tuple(word.format(against=against) for word in HEAD), tuple("---" for _ in HEAD)]
    for load in loads:
        for server in servers:
            rows.append(_row(_of(turns, load.name, server.name), _of(turns, load.name, against)))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def machine():
    """What the figures depend on."""
    cpus = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")]
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout
    return {"system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "processors": f"{len(cpus)} x {cpus[0] if cpus else 'unknown'}",
            "wrk": wrk.partition(" Copyright")[0].removeprefix("wrk "),
            "load average": os.getloadavg()[0]}


def write_raw(path, turns, options, before):
    """Everything, so that it can be looked at in another way later."""
    settings = {key: value for key, value in vars(options).items() if key not in ("output", "pollux")}
    raw = {"machine": before, "load average after": os.getloadavg()[0], "options": settings,
           "turns": [asdict(turn) for turn in turns]}
    Path(path).write_text(json.dumps(raw, indent=1) + "\n")
