"""Just enough of SVG: shapes and texts, in colours for light and for dark surroundings."""

from xml.sax.saxutils import escape

# Classes, by what they are for: the light colour and the dark one.
COLOURS = {
    "paper": ("#ffffff", "#0d1117"),
    "ink": ("#1f2328", "#e6edf3"),
    "soft": ("#59636e", "#9198a1"),
    "grid": ("#d8dee4", "#30363d"),
    "ours": ("#0f7b6c", "#2fb8a4"),
    "floor": ("#9aa4af", "#6e7781"),
    "other": ("#b08800", "#c69026"),
}


def _style():
    light, dark = (
        "".join(f".{name}{{fill:{pair[shade]}}}.{name}-line{{stroke:{pair[shade]}}}" for name, pair in COLOURS.items())
        for shade in (0, 1))
    return f"text{{font:12px system-ui,sans-serif}}.bold{{font-weight:600}}{light}@media(prefers-color-scheme:dark){{{dark}}}"


class Drawing:
    """Shapes in the order in which they are added; lengths in pixels."""

    def __init__(self, width, height, title):
        self.width = width
        self.height = height
        self.title = title
        self.shapes = []
        self.box(0, 0, width, height, "paper")

    def box(self, x, y, width, height, look, hint=None):
        inner = f"><title>{escape(hint)}</title></rect>" if hint else "/>"
        self.shapes.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{look}"{inner}')

    def line(self, x1, y1, x2, y2, look):
        self.shapes.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{look}-line"/>')

    def text(self, x, y, text, look="ink", anchor="start"):
        self.shapes.append(f'<text x="{x:.1f}" y="{y:.1f}" class="{look}" text-anchor="{anchor}">{escape(text)}</text>')

    def __str__(self):
        head = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
                f'height="{self.height}" role="img" aria-label="{escape(self.title)}">')
        return "\n".join([head, f"<style>{_style()}</style>", *self.shapes, "</svg>", ""])
