"""The plots: for each measure a drawing with a panel for each load, and in it a bar for each server."""

from dataclasses import dataclass
from math import ceil
from statistics import median

from comparison.svg import Drawing

ACROSS = 3
PANEL_WIDTH = 340
NAME_WIDTH = 114
VALUE_WIDTH = 60
BAR_WIDTH = PANEL_WIDTH - NAME_WIDTH - VALUE_WIDTH
ROW = 17
BAR = 11
HEAD = 58  # above the panels
TITLE = 30  # above a panel's bars
GAP = 20
MARGIN = 16


@dataclass(frozen=True)
class Measure:
    file: str
    title: str
    note: str
    field: str


MEASURES = (
    Measure("cpu", "Server CPU time per request, µs", "less is better", "cpu"),
    Measure("throughput", "Requests per second, one core", "more is better", "throughput"),
    Measure("p99", "Latency, 99th percentile, µs", "less is better", "p99"),
    Measure("allocated", "Bytes allocated in the heap per request", "less is better; JVMs only", "allocated"),
)


def _number(value):
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def _look(server):
    kind = server.partition("-")[0]
    return {"pollux": "ours", "floor": "floor"}.get(kind, "other")


def _values(results, load, server, field):
    values = [getattr(turn, field) for turn in results.of(load.name, server)]
    return [value for value in values if value is not None]


def _panels(results, measure):
    """Pairs of a load and its rows: a server and its values. Loads without any are no panel."""
    rows = {load: [(server, values) for server in results.versions
                   if (values := _values(results, load, server, measure.field))] for load in results.loads}
    return [(load, of_load) for load, of_load in rows.items() if of_load]


def _bar(drawing, x, y, server, values, scale):
    middle, least, most = median(values), min(values), max(values)
    start, height = x + NAME_WIDTH, y + ROW / 2
    look = _look(server)
    drawing.text(start - 8, height + 4, server, "ink bold" if look == "ours" else "ink", "end")
    hint = f"{server}: {_number(middle)} ({_number(least)} to {_number(most)})"
    drawing.box(start, height - BAR / 2, max(1, middle * scale), BAR, look, hint)
    drawing.line(start + least * scale, height, start + most * scale, height, "ink")
    for end in (least, most):
        drawing.line(start + end * scale, height - 3, start + end * scale, height + 3, "ink")
    drawing.text(start + most * scale + 6, height + 4, _number(middle), "soft")


def _panel(drawing, x, y, load, rows):
    scale = BAR_WIDTH / max(1e-9, max(max(values) for _, values in rows))
    drawing.text(x, y + 14, load.heading, "ink bold")
    drawing.line(x + NAME_WIDTH, y + TITLE - 6, x + NAME_WIDTH, y + TITLE + len(rows) * ROW + 2, "grid")
    for number, (server, values) in enumerate(rows):
        _bar(drawing, x, y + TITLE + number * ROW, server, values, scale)


def _drawing(results, measure, panels):
    tallest = TITLE + max(len(rows) for _, rows in panels) * ROW + GAP
    across = min(ACROSS, len(panels))
    drawing = Drawing(2 * MARGIN + across * PANEL_WIDTH + (across - 1) * GAP,
                      HEAD + ceil(len(panels) / across) * tallest, measure.title)
    drawing.text(MARGIN, 24, measure.title, "ink bold")
    drawing.text(MARGIN, 42, f"{measure.note}; medians of {results.settings['rounds']} rounds, with the least and the most",
                 "soft")
    for number, (load, rows) in enumerate(panels):
        _panel(drawing, MARGIN + number % across * (PANEL_WIDTH + GAP), HEAD + number // across * tallest, load, rows)
    return drawing


def write(results, folder):
    """Writes a file for each measure, and returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for measure in MEASURES:
        panels = _panels(results, measure)
        if panels:
            file = folder / f"{measure.file}.svg"
            file.write_text(str(_drawing(results, measure, panels)))
            written.append(str(file))
    return written
