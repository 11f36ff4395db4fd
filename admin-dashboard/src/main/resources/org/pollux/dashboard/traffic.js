// The requests of the last two minutes: rates and quantiles between two readings, for all of HTTP or for one route.

import { Curve, SPAN } from "./curve.js";
import { count, quantile, seconds, since, sum, together } from "./figures.js";
import { element, keep, text } from "./table.js";

const ALL = "all routes";

const millis = (value) => (value === 0 ? "0" : value < 1 ? value.toFixed(1) : count(value));

/** Sums of the routes of a scope. */
function reading(status, scope) {
  const routes = status.requests.flatMap((service) => service.routes).filter((route) => scope === ALL || route.route === scope);
  return {
    requests: sum(routes.flatMap((route) => Object.values(route.responses))),
    errors: sum(routes.map((route) => route.responses["5xx"] ?? 0)),
    times: together(routes.map((route) => route.latency)),
  };
}

/** What happened between two readings: {rate, errors, p50, p99}. */
function between(now, before, elapsed) {
  const times = since(now.times, before.times);
  return {
    rate: Math.max(0, now.requests - before.requests) / elapsed,
    errors: Math.max(0, now.errors - before.errors) / elapsed,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

const inMillis = (value) => (value === null ? null : value * 1000);

export class Traffic {
  constructor() {
    this.readings = [];
    this.swaps = [];
    this.rate = new Curve("rate", count);
    this.latency = new Curve("latency", millis);
    this.errors = new Curve("errors", count);
    this.scope = document.getElementById("scope");
    this.scope.addEventListener("change", () => this.draw());
  }

  forget() {
    this.readings = [];
    this.swaps = [];
  }

  add(status, before) {
    const swap = status.swaps.last;
    if (swap !== null && before !== null && status.swaps.done > before.swaps.done) {
      const pause = seconds(swap.longestPauseSeconds);
      this.swaps.push({ at: swap.atSeconds, pause, text: `swap from ${swap.from} to ${swap.to}, pause ${pause}` });
    }
    const oldest = status.uptimeSeconds - SPAN - 2;
    this.readings = this.readings.filter((each) => each.uptimeSeconds >= oldest);
    this.readings.push(status);
    this.swaps = this.swaps.filter((each) => each.at >= oldest);
    this.offer(status);
    this.draw();
  }

  offer(status) {
    const routes = status.requests.flatMap((service) => service.routes.map((route) => route.route));
    keep(this.scope, [ALL, ...new Set(routes)], (route) => route, (route) => element("option", { value: route }),
      (option, route) => text(option, route));
  }

  /** The figures of a route since the reading before. */
  latest(route) {
    const [before, now] = this.readings.slice(-2);
    if (now === undefined) return null;
    return between(reading(now, route), reading(before, route), now.uptimeSeconds - before.uptimeSeconds);
  }

  draw() {
    const scope = this.scope.value || ALL;
    const points = [];
    const sums = this.readings.map((status) => reading(status, scope));
    for (let i = 1; i < sums.length; i++) {
      const at = this.readings[i].uptimeSeconds;
      points.push({ at, ...between(sums[i], sums[i - 1], at - this.readings[i - 1].uptimeSeconds) });
    }
    const last = points.at(-1);
    const now = this.readings.at(-1)?.uptimeSeconds ?? 0;
    const curve = (of, names, values, shown) => {
      keep(of.figure.querySelector("output"), shown, (part) => part.key, (part) => element("span", { className: part.key }),
        (node, part) => text(node, part.text));
      const reading = shown.map((part) => part.text).join(", ");
      of.draw(points.map((point) => ({ at: point.at, values: values(point) })), this.swaps, now, reading, names);
    };
    const part = (index, value) => ({ key: `key${index}`, text: last === undefined ? "–" : value() });
    curve(this.rate, ["requests per second"], (point) => [point.rate], [part(0, () => count(last.rate))]);
    curve(this.latency, ["p50", "p99 in ms"], (point) => [inMillis(point.p50), inMillis(point.p99)],
      [part(0, () => `p50 ${seconds(last.p50)}`), part(1, () => `p99 ${seconds(last.p99)}`)]);
    curve(this.errors, ["5xx per second"], (point) => [point.errors], [part(0, () => count(last.errors))]);
  }
}
