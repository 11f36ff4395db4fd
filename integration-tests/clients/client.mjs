// What Node finds at a server, by fetch and by its older client; the argument is its address.
import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";

const server = process.argv[2];
const at = (path) => new URL(path, server);

const page = await fetch(at("/site/"));
assert.equal(page.status, 200);
assert.match(await page.text(), /It works/);

const again = await fetch(at("/site/"), { headers: { "If-None-Match": page.headers.get("etag") } });
assert.equal(again.status, 304);

const part = await fetch(at("/site/"), { headers: { Range: "bytes=0-8" } });
assert.equal(part.status, 206);
assert.equal(await part.text(), "<!DOCTYPE");

const pieces = new ReadableStream({
  start(controller) {
    for (let i = 0; i < 50; i++) {
      controller.enqueue(new Uint8Array(100_000));
    }
    controller.close();
  },
});
const echoed = await fetch(at("/echo"), { method: "POST", body: pieces, duplex: "half" });
assert.equal((await echoed.arrayBuffer()).byteLength, 5_000_000);

const many = await Promise.all(Array.from({ length: 200 }, async () => (await fetch(at("/plaintext"))).text()));
assert.deepEqual(new Set(many), new Set(["Hello, World!"]));

const client = server.startsWith("https:") ? https : http;
const agent = new client.Agent({ keepAlive: true, maxSockets: 1 });
const viaAgent = () => new Promise((resolve, reject) => {
  client.get(at("/json"), { agent }, (answer) => {
    answer.setEncoding("utf8");
    let text = "";
    answer.on("data", (piece) => { text += piece; });
    answer.on("end", () => resolve([text, answer.socket?.localPort ?? answer.req.socket.localPort]));
  }).on("error", reject);
});
const [first, second] = [await viaAgent(), await viaAgent()];
assert.equal(first[0], '{"message":"Hello, World!"}');
assert.deepEqual(first, second, "a connection that is kept is used again");
agent.destroy();

const stop = new AbortController();
const events = await fetch(at("/events"), { signal: stop.signal });
const reader = events.body.pipeThrough(new TextDecoderStream()).getReader();
let seen = "";
while ((seen.match(/data: /g) ?? []).length < 2) {
  const { value, done } = await reader.read();
  assert.ok(!done, "the events have ended");
  seen += value;
}
stop.abort();
