// Follows the server: each event of the stream is the whole status, the same as status.json.

import { Traffic } from "./traffic.js";
import { show } from "./tables.js";
import { age } from "./figures.js";
import { text } from "./table.js";

const traffic = new Traffic();
const link = document.getElementById("link");
let before = null;

function receive(status) {
  text(document.getElementById("version"), status.version);
  text(document.getElementById("summary"),
    `${status.state}, up ${age(status.uptimeSeconds)}, ${status.backend === "none" ? "no backend polls" : `${status.backend} polls`}`);
  document.title = status.faults.length > 0 ? `(${status.faults.length}) Pollux` : "Pollux";
  const earlier = before !== null && before.uptimeSeconds < status.uptimeSeconds ? before : null; // else the server has restarted
  if (earlier === null) traffic.forget();
  traffic.add(status, earlier);
  show(status, earlier, traffic, swap);
  before = status;
}

async function swap(backend) {
  const result = document.getElementById("swapped");
  text(result, `swapping to ${backend} …`);
  try {
    const response = await fetch(`dashboard/swap?backend=${encodeURIComponent(backend)}`, {
      method: "POST",
      headers: { "Pollux-Dashboard": "swap" },
    });
    text(result, (await response.text()).trim());
  } catch (failure) {
    text(result, `the server did not respond: ${failure.message}`);
  }
}

const events = new EventSource("dashboard/events");
events.onmessage = (event) => {
  text(link, "live");
  link.className = "live";
  receive(JSON.parse(event.data));
};
events.onerror = () => {
  text(link, "connecting again …");
  link.className = "";
};
