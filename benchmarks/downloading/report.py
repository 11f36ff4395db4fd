"""The results: a table for people, JSON for programs."""

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path
from statistics import median

HEAD = ("list", "client", "ms", "files/s", "CPU ms", "user + system", "after start: ms", "files/s", "CPU ms", "peak MB")


def _ms(values):
    return f"{median(values) * 1e3:,.0f} ({min(values) * 1e3:,.0f}..{max(values) * 1e3:,.0f})"


def _rate(count, seconds):
    return f"{count / seconds:,.0f}" if seconds > 0 else "-"


def _less(values, least):
    return median(values) - median(least)


def _row(files, runs, starts):
    wall, cpu = [run.wall for run in runs], [run.cpu for run in runs]
    wall_after = _less(wall, [run.wall for run in starts])
    cpu_after = _less(cpu, [run.cpu for run in starts])
    return (files.name, runs[0].client, _ms(wall), _rate(files.count, median(wall)), _ms(cpu),
            f"{median(run.user for run in runs) * 1e3:,.0f} + {median(run.system for run in runs) * 1e3:,.0f}",
            f"{wall_after * 1e3:,.0f}", _rate(files.count, wall_after), f"{cpu_after * 1e3:,.0f}",
            f"{median(run.peak for run in runs) / 1e6:.1f}")


def table(runs, clients, lists, start):
    """Medians over the rounds, with the least and the most; what the list `start` takes is the start of a client."""
    rows = [HEAD, tuple("---" for _ in HEAD)]
    for files in lists:
        for client in clients:
            rows.append(_row(files, _of(runs, client, files), _of(runs, client, start)))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _of(runs, client, files):
    return [run for run in runs if run.client == client.name and run.list == files.name]


def machine():
    """What the figures depend on."""
    cpus = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")]
    return {"system": f"{platform.system()} {platform.release()} {platform.machine()}",
            "processors": f"{len(cpus)} x {cpus[0] if cpus else 'unknown'}", "load average": os.getloadavg()[0]}


def write_raw(path, runs, options, before):
    """Everything, so that it can be looked at in another way later."""
    settings = {key: value for key, value in vars(options).items() if key not in ("output", "pollux")}
    raw = {"machine": before, "load average after": os.getloadavg()[0], "options": settings,
           "runs": [asdict(run) for run in runs]}
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(raw, indent=1) + "\n")
