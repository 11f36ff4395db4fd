"use strict";

// The two ways to the same room. Each pane counts how often it had to connect again.

const WAIT = 1000; // milliseconds before a WebSocket connects again; an EventSource has been told as much

const pane = name => {
  const state = document.getElementById(name + "-state");
  const lines = document.getElementById(name + "-lines");
  let opened = 0;
  return {
    last: 0,
    open() {
      opened++;
      state.textContent = opened === 1 ? "connected" : `connected, after ${opened - 1} reconnects`;
      state.classList.add("open");
    },
    lost() {
      state.textContent = "connecting again";
      state.classList.remove("open");
    },
    show(json) {
      const line = JSON.parse(json);
      const item = document.createElement("li");
      const name = document.createElement("b");
      name.textContent = line.name;
      item.append(name, line.text);
      lines.append(item);
      lines.scrollTop = lines.scrollHeight;
      this.last = line.id;
    },
  };
};

const problem = text => { document.getElementById("problem").textContent = text; };

const post = async (path, form) => {
  const response = await fetch(path, { method: "POST", body: form && new URLSearchParams(form) });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

// ---- by WebSocket

const socketPane = pane("socket");
let socket;

const connect = () => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/chat/socket?after=${socketPane.last}`);
  socket.onopen = () => socketPane.open();
  socket.onmessage = message => socketPane.show(message.data);
  socket.onclose = () => {
    socketPane.lost();
    setTimeout(connect, WAIT);
  };
};
connect();

// ---- by server-sent events, which connect again by themselves and tell the last id

const eventsPane = pane("events");
const events = new EventSource("/chat/events");
events.onopen = () => eventsPane.open();
events.onmessage = event => eventsPane.show(event.data);
events.onerror = () => eventsPane.lost();

// ---- what the user does

document.getElementById("say").onsubmit = async event => {
  event.preventDefault();
  const form = event.target;
  problem("");
  try {
    if (event.submitter?.value === "post") {
      await post("/chat/say", new FormData(form));
    } else if (socket.readyState === WebSocket.OPEN) {
      socket.send(form.elements.name.value + "\n" + form.elements.text.value);
    } else {
      throw new Error("The WebSocket is not connected. Send by POST, or wait.");
    }
    form.elements.text.value = "";
    form.elements.text.focus();
  } catch (fault) {
    problem(fault.message);
  }
};

document.getElementById("swap").onclick = async () => {
  const report = document.getElementById("report");
  report.textContent = "moving";
  try {
    report.textContent = await post("/chat/backend");
  } catch (fault) {
    report.textContent = fault.message;
  }
};
