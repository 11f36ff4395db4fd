// What Node's http2 finds at a server; the argument is its address.
import assert from "node:assert/strict";
import http2 from "node:http2";

const session = http2.connect(process.argv[2], { rejectUnauthorized: false });
session.on("error", (error) => { throw error; });

function request(headers, body) {
  return new Promise((resolve, reject) => {
    const stream = session.request(headers);
    const pieces = [];
    let head;
    stream.on("response", (fields) => { head = fields; });
    stream.on("data", (piece) => pieces.push(piece));
    stream.on("end", () => resolve([head, Buffer.concat(pieces)]));
    stream.on("error", reject);
    stream.end(body);
  });
}

const [head, text] = await request({ ":path": "/plaintext" });
assert.equal(head[":status"], 200);
assert.equal(text.toString(), "Hello, World!");

const many = await Promise.all(Array.from({ length: 500 }, () => request({ ":path": "/json" }))); // 100 of them at once
assert.deepEqual(new Set(many.map(([, body]) => body.toString())), new Set(['{"message":"Hello, World!"}']));

const upload = Buffer.alloc(5_000_000, 7);
const [, echoed] = await request({ ":path": "/echo", ":method": "POST" }, upload);
assert.ok(upload.equals(echoed), "5 MB come back");

const [missing] = await request({ ":path": "/missing" });
assert.equal(missing[":status"], 404);

const events = session.request({ ":path": "/events" });
let seen = "";
for await (const piece of events) {
  seen += piece;
  if ((seen.match(/data: /g) ?? []).length >= 2) {
    break; // which resets the stream
  }
}

await new Promise((resolve, reject) => session.ping((error) => error ? reject(error) : resolve()));
const [, still] = await request({ ":path": "/plaintext" });
assert.equal(still.toString(), "Hello, World!");
session.close();
