"""The least that FastAPI can do: what one peer of a room sends, the others of the room get. No rules, no game, no limits.

python -m tests.load.baselines.fastapi_fanout PORT
"""

import sys
from collections import defaultdict

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
rooms: defaultdict[str, list[WebSocket]] = defaultdict(list)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.websocket("/ws/{code}")
async def play(socket: WebSocket, code: str) -> None:
    await socket.accept()
    room = rooms[code]
    room.append(socket)
    try:
        while True:
            message = await socket.receive_bytes()
            for peer in list(room):
                if peer is not socket:
                    await peer.send_bytes(message)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the peer, or one of the others, is gone; RuntimeError is what a send after that raises
    finally:
        room.remove(socket)
        if not room:
            rooms.pop(code, None)


if __name__ == "__main__":
    # Its own defaults, but for packing: frames are small, so that would only make it slower.
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), loop="uvloop", backlog=2048, ws_per_message_deflate=False, log_level="warning")
