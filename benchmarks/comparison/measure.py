"""What is known about a process: its CPU time, that of its threads, its memory, and what a JVM has allocated."""

import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

REST_SECONDS = 60
REST_SLICE = 0.2
MICROS_PER_TICK = 1_000_000 // os.sysconf("SC_CLK_TCK")


def _ticks(stat):
    """User and system time of a stat file; the name in it may hold spaces and parentheses."""
    fields = stat.read_text().rpartition(")")[2].split()
    return int(fields[11]), int(fields[12])


def _working_ticks(pid, name):
    ticks = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            if (task / "comm").read_text().strip() == name:
                ticks += sum(_ticks(task / "stat"))
        except (FileNotFoundError, ProcessLookupError):
            continue  # the thread has ended meanwhile
    return ticks


def _core_ticks(core):
    """Busy time of a core, and what the hypervisor gave to others."""
    for line in Path("/proc/stat").read_text().splitlines():
        words = line.split()
        if words[0] == f"cpu{core}":
            user, nice, system, _, _, irq, softirq, steal = map(int, words[1:9])
            return user + nice + system + irq + softirq + steal
    raise ValueError(f"there is no core {core}")


@dataclass(frozen=True)
class Usage:
    """CPU time in microseconds: of a process in user and kernel mode, of its working threads, of all on its core."""

    user: int
    system: int
    working: int
    core: int

    @staticmethod
    def of(server, core):
        pid = server.process.pid
        user, system = _ticks(Path(f"/proc/{pid}/stat"))
        working = _working_ticks(pid, server.working_thread) if server.working_thread else user + system
        return Usage(*(ticks * MICROS_PER_TICK for ticks in (user, system, working, _core_ticks(core))))

    def since(self, before):
        return Usage(self.user - before.user, self.system - before.system, self.working - before.working,
                     self.core - before.core)


def resident_bytes(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise ValueError(f"process {pid} has no resident size")


def allocated_bytes(path):
    """All that a JVM has ever allocated, as the agent at this socket says; None without a path."""
    if path is None:
        return None
    with socket.socket(socket.AF_UNIX) as agent:
        agent.settimeout(5)
        agent.connect(str(path))
        return int(agent.makefile("r").read())


def await_rest(pid):
    """Waits until a process does next to nothing: some work for seconds when thousands of connections were closed."""
    deadline = time.monotonic() + REST_SECONDS
    before = None
    while time.monotonic() < deadline:
        try:
            now = sum(_ticks(Path(f"/proc/{pid}/stat")))
        except (FileNotFoundError, ProcessLookupError):
            return  # it has ended
        if before is not None and now - before <= 1:
            return
        before = now
        time.sleep(REST_SLICE)
