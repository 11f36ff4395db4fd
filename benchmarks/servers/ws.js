// WebSocket echo by npm's ws, and /plaintext. Argument: the port. `npm install --no-save ws` in this folder brings the package.
const http = require("http");
const { WebSocketServer } = require("ws");

const server = http.createServer((request, response) => {
    response.setHeader("Content-Type", "text/plain");
    response.end("Hello, World!");
});
new WebSocketServer({ server, path: "/websocket/echo", perMessageDeflate: false })
    .on("connection", socket => socket.on("message", (data, binary) => socket.send(data, { binary })));
server.listen(Number(process.argv[2]), "127.0.0.1", 4096);
