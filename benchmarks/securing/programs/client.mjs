// node client.mjs URL CA: asks by https and by http2, and prints what it gets.
import { readFileSync } from "node:fs";
import http2 from "node:http2";
import https from "node:https";

const [server, file] = process.argv.slice(2);
const ca = readFileSync(file);

https.get(`${server}/plaintext`, { ca }, (response) => {
  response.resume().on("end", () => console.log(`https ${response.httpVersion} ${response.statusCode}`));
});

const session = http2.connect(server, { ca });
const request = session.request({ ":path": "/plaintext" });
request.on("response", (fields) => console.log(`http2 ${fields[":status"]}`));
request.resume().on("end", () => session.close());
request.end();
