// The same fan-out with Node and its `ws` library.
//
//     NODE_MODULES=folder node fanout.mjs PORT

import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.NODE_MODULES}/`);
const { WebSocketServer } = require("ws");

const rooms = new Map();
const http = createServer((request, response) => response.end("ok\n"));
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: false });

sockets.on("connection", (socket, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room.add(socket));
  socket.on("message", (data) => {
    for (const peer of room) if (peer !== socket) peer.send(data, { binary: true });
  });
  socket.on("error", () => {});
  socket.on("close", () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(request.url);
  });
});

http.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 2048 });
