"""Slow readers: slow_readers.py is a program of its own, whose figures stand in the table."""

import re
import subprocess
import sys
from pathlib import Path

from swapping.server import Failed

from .report import Row

PROGRAM = Path(__file__).resolve().parent / "slow_readers.py"
FAST_CLIENTS = 20


def run(options):
    if not PROGRAM.exists():
        raise Failed(f"{PROGRAM.name} is not there")
    command = [sys.executable, str(PROGRAM), "--pollux", options.pollux, "--readers", str(options.readers),
               "--backend", options.backend, "--run=--samples"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    served = _number(done.stdout, r"fast clients served\s+(\d+)")
    slowest = _number(done.stdout, r"slowest ([\d.]+) s")
    cut = _number(done.stdout, r"other clients cut\s+(\d+)")
    errors = _number(done.stdout, r"OutOfMemoryErrors\s+(\d+)")
    if served is None:
        raise Failed(done.stderr or done.stdout)
    notes = [f"{errors:.0f} OutOfMemoryErrors, {cut:.0f} other clients cut, slowest of the fast ones {slowest:.1f} s"]
    notes += re.findall(r"memory of the process\s+(.*)", done.stdout)
    bad = FAST_CLIENTS - served + cut + errors
    return [Row(f"slow: {options.readers:,} slow readers at -Xmx64m, and fast clients", FAST_CLIENTS,
                int(bad) or done.returncode, notes=notes)]


def _number(text, pattern):
    found = re.search(pattern, text)
    return float(found.group(1)) if found else None
