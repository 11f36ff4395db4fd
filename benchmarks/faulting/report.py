"""What a situation has shown: rows of a table."""

from dataclasses import dataclass, field
from typing import Optional

STATUS_SECONDS = 2.0  # within which the server says how it is, whatever goes on
P99_MS = 100.0  # within which requests that have nothing to do with the fault are served


@dataclass
class Row:
    """One line; times are None where they are not measured."""

    situation: str
    requests: int = 0
    bad: int = 0
    p99_ms: Optional[float] = None
    status_s: Optional[float] = None
    p99_counts: bool = False  # whether a p99 above P99_MS is a fault
    notes: list = field(default_factory=list)
    failed: str = ""

    def faults(self):
        if self.failed:
            return [self.failed]
        found = []
        if self.requests == 0:
            found.append("nothing was tried")
        if self.bad:
            found.append(f"{self.bad} bad")
        if self.p99_counts and self.p99_ms is not None and self.p99_ms > P99_MS:
            found.append(f"p99 above {P99_MS:.0f} ms")
        if self.status_s is not None and self.status_s > STATUS_SECONDS:
            found.append(f"status after {self.status_s:.1f} s")
        return found

    def is_well(self):
        return not self.faults()


def p99(times):
    """In milliseconds, of durations in seconds; None of none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1e3 if ordered else None


def table(rows):
    lines = ["| situation | requests | bad | p99 ms | status s | verdict |", "|---|---:|---:|---:|---:|---|"]
    for row in rows:
        verdict = "; ".join(["well"] * row.is_well() + row.faults() + row.notes)
        lines.append(f"| {row.situation} | {row.requests:,} | {row.bad:,} | {_number(row.p99_ms, 1)} "
                     f"| {_number(row.status_s, 2)} | {_cell(verdict)} |")
    return "\n".join(lines)


def _number(value, digits):
    return "-" if value is None else f"{value:.{digits}f}"


def _cell(text):
    return " ".join(text.replace("|", "/").split())[:500]
