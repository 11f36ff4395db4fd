// What the tables show of a status; rates are differences to the status before.

import { age, bytes, count, quantile, seconds, since, together } from "./figures.js";
import { element, keep, number, state, table, text, word } from "./table.js";

const SOON = 21; // days in which a certificate should have been renewed

export function show(status, before, traffic, swap) {
  const elapsed = before === null ? null : status.uptimeSeconds - before.uptimeSeconds;
  const rate = (now, then) => (elapsed === null || then === undefined ? "–" : count(Math.max(0, now - then) / elapsed));
  const speed = (now, then) => (elapsed === null || then === undefined ? "–" : bytes(Math.max(0, now - then) / elapsed));
  faults(status);
  backends(status, swap);
  loops(status, before, elapsed, rate, speed);
  endpoints(status, before, rate, speed);
  routes(status, traffic);
  table("limits", status.limits.map((limit) => ({
    key: `${limit.owner} ${limit.limit}`,
    cells: [word(limit.limit), number(count(limit.times)), word(limit.owner)],
  })), "No limit was met.");
  resources(status);
  certificates(status);
  bundles(status);
}

function faults(status) {
  const held = status.loops.filter((loop) => loop.heldUp !== null);
  const shown = [
    ...held.map((loop) => ({ text: `${loop.name} is ${loop.heldUp}`, stack: loop.heldUpStack })),
    ...status.endpoints.filter((each) => each.problem !== null).map((each) => ({ text: `${each.endpoint}: ${each.problem}` })),
    ...status.faults.filter((fault) => !held.some((loop) => fault.startsWith(loop.name))).map((fault) => ({ text: fault })),
  ];
  const list = shown.length > 0 ? shown : [{ text: "Nothing is wrong.", good: true }];
  keep(document.getElementById("faults"), list, (fault) => fault.stack ? `held ${fault.text.split(" ")[0]}` : fault.text,
    (fault) => {
      const item = element("li", { className: fault.good ? "" : "fault" });
      item.append(element("span"));
      if (fault.stack) {
        const details = element("details");
        details.append(element("summary", { textContent: "where it is" }), element("pre"));
        item.append(details);
      }
      return item;
    },
    (item, fault) => {
      text(item.firstElementChild, fault.text);
      if (fault.stack) text(item.querySelector("pre"), fault.stack.join("\n"));
    });
}

function backends(status, swap) {
  table("backends", status.backends.map((backend) => ({
    key: backend.name,
    cells: [word(backend.name), state(backend.state), word(backend.description, { wide: true }), {
      number: true,
      content: (place) => {
        let button = place.firstElementChild;
        if (button === null) {
          button = element("button", { type: "button", textContent: `Swap to ${backend.name}` });
          button.addEventListener("click", async () => {
            button.disabled = true;
            await swap(backend.name);
            button.disabled = false;
          });
          place.append(button);
        }
        button.hidden = backend.state !== "ready";
      },
    }],
  })), "No backend is there: the loops are parked, and the kernel keeps all input until one comes.");
}

function loops(status, before, elapsed, rate, speed) {
  const earlier = new Map((before?.loops ?? []).map((loop) => [loop.name, loop]));
  table("loops", status.loops.map((loop) => {
    const then = earlier.get(loop.name);
    const busy = then === undefined ? null : Math.min(1, Math.max(0, (loop.busySeconds - then.busySeconds) / elapsed));
    const turns = then === undefined ? null : quantile(since(together([loop.turnTimes]), together([then.turnTimes])), 0.99);
    return {
      key: loop.name,
      cells: [
        word(loop.name, { style: loop.heldUp === null ? "" : "late" }),
        { number: true, content: (place) => utilisation(place, loop, busy) },
        number(count(loop.connections)),
        number(rate(loop.turns, then?.turns)),
        number(seconds(turns), { wide: true }),
        number(speed(loop.bytesRead, then?.bytesRead)),
        number(speed(loop.bytesWritten, then?.bytesWritten)),
        number(count(loop.tasksWaiting), { wide: true }),
        number(count(loop.timesHeldUp), { wide: true }),
      ],
    };
  }), "No loop is there.");
}

function utilisation(place, loop, busy) {
  if (place.firstElementChild === null) {
    place.append(element("meter", { min: 0, max: 1, low: 0.7, high: 0.9, optimum: 0 }), element("span"));
    place.firstElementChild.setAttribute("aria-label", `Utilisation of ${loop.name}`);
  }
  place.firstElementChild.value = busy ?? 0;
  text(place.lastElementChild, loop.heldUp !== null ? "held up" : busy === null ? "–" : `${Math.round(busy * 100)} %`);
}

/** Rows below a heading for each bundle. */
function byBundle(items, bundle, row) {
  const rows = [];
  let present = null;
  for (const item of [...items].sort((a, b) => bundle(a).localeCompare(bundle(b)))) {
    if (bundle(item) !== present) {
      present = bundle(item);
      rows.push({ key: `bundle ${present}`, group: present });
    }
    rows.push(...row(item));
  }
  return rows;
}

function endpoints(status, before, rate, speed) {
  const earlier = new Map((before?.endpoints ?? []).map((each) => [`${each.protocol} ${each.endpoint}`, each]));
  const total = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);
  table("endpoints", byBundle(status.endpoints, (each) => each.protocol, (each) => {
    const key = `${each.protocol} ${each.endpoint}`;
    const then = earlier.get(key);
    const port = each.endpoint.endsWith(":0") && each.local !== null ? ` (${each.local.split(":").at(-1)})` : "";
    const row = {
      key,
      cells: [
        word(each.endpoint + port),
        state(each.state),
        number(count(each.connections)),
        number(rate(each.accepted, then?.accepted)),
        number(speed(each.bytesRead, then?.bytesRead)),
        number(speed(each.bytesWritten, then?.bytesWritten)),
        number(count(total(each.refused)), { wide: true }),
        number(count(each.handshakesFailed), { wide: true }),
      ],
    };
    return each.problem === null ? [row] : [row, { key: `${key} problem`, problem: each.problem }];
  }), "No endpoint: no protocol is there.");
}

function routes(status, traffic) {
  const counted = new Map(status.requests.flatMap((service) => service.routes).map((route) => [route.route, route]));
  table("routes", byBundle(status.routes, (route) => route.bundle, (route) => {
    const figures = counted.has(route.path) ? traffic.latest(route.path) : null;
    return [{
      key: `${route.bundle} ${route.hosts} ${route.path} ${route.methods}`,
      cells: [
        word(route.hosts.join(" ") + route.path),
        word(route.waiting ? "waiting for its handler" : route.methods.includes("*") ? "all" : route.methods.join(" "),
          { style: route.waiting ? "state-waiting" : "" }),
        number(figures === null ? "0" : count(figures.rate)),
        number(figures === null ? "–" : seconds(figures.p50)),
        number(figures === null ? "–" : seconds(figures.p99)),
        number(count(counted.get(route.path)?.responses["5xx"] ?? 0)),
        word(route.blocking ? "its own" : "loop", { wide: true }),
        word(route.filters.join(" "), { wide: true }),
      ],
    }];
  }), "No route: no HTTP handler is there.");
}

function resources(status) {
  const { memory, descriptors } = status;
  const lines = [
    ["Memory of connections", `${bytes(memory.used)} of ${bytes(memory.limit)}, at most ${bytes(memory.most)}`],
    ["Connections shed", `${count(memory.slowReaders)} slow readers, ${count(memory.slowSenders)} slow senders`],
  ];
  if (descriptors.limit < 2147483647) {
    lines.push(["Descriptors", `${count(descriptors.open)} of ${count(descriptors.limit)} open, ${count(descriptors.kept)} kept back`]);
  }
  keep(document.getElementById("resources"), lines.flatMap(([name, value]) => [["dt", name, name], ["dd", name, value]]),
    ([kind, name]) => `${kind} ${name}`, ([kind]) => element(kind), (node, [, , value]) => text(node, value));
}

function certificates(status) {
  const now = Date.parse(status.time);
  table("certificates", status.certificates.map((each) => {
    const days = Math.floor((Date.parse(each.expires) - now) / 86_400_000);
    return {
      key: each.origin,
      cells: [word(each.names.join(" ")), number(count(days), { style: days < 0 ? "late" : days < SOON ? "soon" : "" }), word(each.origin)],
    };
  }), "No certificate: no tls:// endpoint can be served.");
}

function bundles(status) {
  const now = Date.parse(status.time);
  const latest = [...status.bundles].sort((a, b) => Date.parse(b.updated) - Date.parse(a.updated) || a.id - b.id);
  table("bundles", latest.map((bundle) => ({
    key: String(bundle.id),
    cells: [word(bundle.name), word(bundle.version), state(bundle.state),
      number(`${age(Math.max(0, (now - Date.parse(bundle.updated)) / 1000))} ago`)],
  })), "No bundle is there.");
}
