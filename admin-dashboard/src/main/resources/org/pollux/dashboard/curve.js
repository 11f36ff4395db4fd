// A figure with one or two curves over the last two minutes, and the swaps as lines across it.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 400;
const HEIGHT = 150;
const LEFT = 44;
const BOTTOM = 18;
const TOP = 12;

export const SPAN = 120;

function shape(name, attributes, content) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (content !== undefined) made.textContent = content;
  return made;
}

/** 1, 2 or 5 times a power of ten, not below a value. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((limit) => limit >= value * 0.9999);
}

export class Curve {
  constructor(id, format) {
    this.figure = document.getElementById(id);
    this.format = format;
    this.svg = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    this.figure.append(this.svg);
  }

  /** Draws points {at, values}, of which a value may be null, and swaps {at, pause, text}; now is the time at the right edge. */
  draw(points, swaps, now, reading, names) {
    const shown = points.filter((point) => point.at >= now - SPAN);
    const highest = Math.max(...shown.flatMap((point) => point.values.map((value) => value ?? 0)), 0);
    const top = highest > 0 ? round(highest) : 1;
    const x = (at) => LEFT + (1 - (now - at) / SPAN) * (WIDTH - LEFT);
    const y = (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP);
    const shapes = [];
    for (const value of [0, top / 2, top]) {
      shapes.push(shape("line", { class: "grid", x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value) }));
      shapes.push(shape("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, this.format(value)));
    }
    for (const [back, label] of [[SPAN, "−2 min"], [SPAN / 2, "−1 min"], [0, "now"]]) {
      const anchor = back === 0 ? "end" : back === SPAN ? "start" : "middle";
      shapes.push(shape("text", { x: x(now - back), y: HEIGHT - 3, "text-anchor": anchor }, label));
    }
    names.forEach((_, index) => shapes.push(shape("path", { class: `curve c${index}`, d: path(shown, index, x, y) })));
    for (const swap of swaps.filter((each) => each.at >= now - SPAN)) {
      shapes.push(shape("line", { class: "swap", x1: x(swap.at), x2: x(swap.at), y1: TOP - 2, y2: HEIGHT - BOTTOM }));
      const left = x(swap.at) > WIDTH * 0.7;
      shapes.push(shape("text", { class: "pause", x: x(swap.at) + (left ? -5 : 5), y: TOP + 6,
        "text-anchor": left ? "end" : "start" }, swap.pause));
    }
    this.svg.replaceChildren(...shapes);
    this.svg.setAttribute("aria-label", `${names.join(" and ")}, last two minutes: now ${reading}, at most ${this.format(highest)}`
      + swaps.filter((each) => each.at >= now - SPAN).map((each) => `; ${each.text}`).join(""));
  }
}

function path(points, index, x, y) {
  let line = "";
  let pen = "M";
  for (const point of points) {
    const value = point.values[index];
    if (value === null) {
      pen = "M";
    } else {
      line += `${pen}${x(point.at).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = "L";
    }
  }
  return line;
}
