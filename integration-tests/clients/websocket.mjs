// npm's ws as a client of a server, whose address is the argument; or, with "serve" and a port, as a server that echoes.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { WebSocket, WebSocketServer } = createRequire(process.env.WS_FOLDER + "/")("ws");

function client(address, options) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { rejectUnauthorized: false, ...options });
    socket.on("open", () => resolve(socket)).on("error", reject);
  });
}

const next = (socket) => new Promise((resolve) => socket.once("message", (data, binary) => resolve([data, binary])));

async function echoes(address, options) {
  const socket = await client(address, options);
  for (const size of [0, 1, 125, 126, 65_535, 65_536, 1_000_000]) {
    const bytes = Buffer.alloc(size, 7);
    socket.send(bytes);
    const [data, binary] = await next(socket);
    assert.ok(binary && bytes.equals(data), `${size} bytes`);
    const text = "ä".repeat(size / 2);
    socket.send(text);
    assert.equal((await next(socket))[0].toString(), text);
  }
  socket.send("in ", { fin: false });
  socket.send("pieces");
  assert.equal((await next(socket))[0].toString(), "in pieces");
  const pong = new Promise((resolve) => socket.once("pong", (data) => resolve(data.toString())));
  socket.ping("there?");
  assert.equal(await pong, "there?");
  const closed = new Promise((resolve) => socket.on("close", resolve));
  socket.close(3000, "enough");
  assert.equal(await closed, 3000);
}

if (process.argv[2] === "serve") {
  new WebSocketServer({ port: Number(process.argv[3]), host: "127.0.0.1", perMessageDeflate: true })
    .on("listening", () => console.log("listening"))
    .on("connection", (socket) => socket.on("message", (data, binary) => socket.send(data, { binary })));
} else {
  const address = process.argv[2].replace(/^http/, "ws") + "/websocket/echo";
  await echoes(address, { perMessageDeflate: false });
  await echoes(address, { perMessageDeflate: { threshold: 0 } });
  const many = await Promise.all(Array.from({ length: 100 }, () => client(address, {})));
  await Promise.all(many.map(async (socket, i) => {
    socket.send(`number ${i}`);
    assert.equal((await next(socket))[0].toString(), `number ${i}`);
    socket.terminate();
  }));
}
