"""The same fan-out with the `websockets` library's own server and its `broadcast`, on uvloop.

python -m tests.load.baselines.broadcast PORT
"""

import sys
from collections import defaultdict
from http import HTTPStatus

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

rooms: defaultdict[str, set[ServerConnection]] = defaultdict(set)


def healthz(connection: ServerConnection, request: Request) -> Response | None:
    return connection.respond(HTTPStatus.OK, "ok\n") if request.path == "/healthz" else None


async def play(connection: ServerConnection) -> None:
    path = connection.request.path if connection.request else ""
    room = rooms[path]
    room.add(connection)
    try:
        async for message in connection:
            broadcast(room - {connection}, message)
    except ConnectionClosed:
        pass
    finally:
        room.remove(connection)
        if not room:
            rooms.pop(path, None)


async def main() -> None:
    async with serve(play, "127.0.0.1", int(sys.argv[1]), compression=None, process_request=healthz, backlog=2048) as server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
