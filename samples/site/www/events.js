// Server-sent events: the browser keeps the connection, and opens it anew when it is lost.
const KEPT = 5;
const time = document.getElementById("time");
const state = document.getElementById("state");
const list = document.getElementById("events");
const source = new EventSource("/events");
let received = 0;

source.onopen = () => {
  state.textContent = "Connected.";
};

source.onmessage = (event) => {
  received++;
  time.textContent = new Date(event.data).toLocaleTimeString();
  state.textContent = `Connected, ${received} ${received === 1 ? "event" : "events"} so far.`;
  const item = document.createElement("li");
  item.textContent = event.data;
  item.value = received;
  list.prepend(item);
  if (list.children.length > KEPT) {
    list.lastElementChild.remove();
  }
};

source.onerror = () => {
  state.textContent = "The connection is lost; trying again …";
};
