"""One run of a client, and what it took."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from downloading.lists import Failed


@dataclass(frozen=True)
class Run:
    """Seconds by the clock, seconds of CPU in user and kernel mode, and the most memory that was resident, in bytes."""

    round: int
    client: str
    list: str
    wall: float
    user: float
    system: float
    peak: int

    @property
    def cpu(self):
        return self.user + self.system


def measure(number, client, files, site, options, folder):
    """Runs a client on a list, and compares what it saved with what the server has."""
    copies = folder / "copies"
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir()
    command = client.command(site.lists[files.name], copies, options.at_once)
    output, peak = folder / "output", folder / "peak"
    # `time` forks the client from a process that is small itself, which counts for the peak
    words = ["taskset", "-c", options.client_cores, "/usr/bin/time", "--quiet", "-f", "%M", "-o", str(peak), *command]
    with open(output, "wb") as said:
        start = time.monotonic()
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{client.name} ended with status {process.returncode} on {files.name}: {_last_words(output)}")
    fault = files.fault(site.files, copies)
    if fault is not None:
        raise Failed(f"{client.name} on {files.name}: {fault}")
    return Run(number, client.name, files.name, wall, usage.ru_utime, usage.ru_stime,
               int(peak.read_text().split()[-1]) * 1024)


def _last_words(output):
    text = Path(output).read_text(errors="replace").strip()
    return "\n".join(text.splitlines()[-5:]) or "it wrote nothing"
