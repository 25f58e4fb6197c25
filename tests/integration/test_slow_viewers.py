"""One whose line is slow: what they miss is made up for, and nobody else notices."""

import asyncio
import json
import socket
import struct

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from game.protocol.ink import VERSION_BYTES, decode_frame
from game.protocol.limits import MAX_POINTS_PER_RECORD, PROTOCOL_VERSION
from game.rules.canvas import Canvas
from tests.integration.wire import Wire, open_room
from tests.server import Server

FRAMES = 180
BEGIN = struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 10, 10)


@pytest.fixture(scope="module", params=["direct", pytest.param("asgi", marks=pytest.mark.slow)])
def server(request, tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("slow"), words=("qzorblax", "wumpfish", "kreevolt"), sockets=request.param).start()
    yield server
    server.stop()


async def connect_slowly(server: Server, code: str, nickname: str) -> ClientConnection:
    """Come in, and read nothing: the system takes little for a program that does not."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.connect(("127.0.0.1", server.port))
    wire = await connect(f"ws://127.0.0.1:{server.port}/ws/{code}", sock=line, compression=None, max_queue=1, ping_interval=None, max_size=None)
    await wire.send(json.dumps({"type": "hello", "protocol": PROTOCOL_VERSION, "nickname": nickname}))
    return wire


def points(number: int) -> bytes:
    places = [number % 3000, number // 3000] + [(number * 31 + each * 7) % 2400 for each in range(2 * MAX_POINTS_PER_RECORD - 2)]
    return struct.pack(f"<BHB{2 * MAX_POINTS_PER_RECORD}H", 2, 1, MAX_POINTS_PER_RECORD, *places)


async def table(server: Server) -> tuple[Wire, Wire, ClientConnection]:
    """Ada, who draws; Cleo, who watches; and Ben, who has come in and reads nothing."""
    code = open_room(server)
    ada, cleo = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Cleo")
    await ada.send("change_settings", human_turns_per_artist_turn=0, draw_seconds=240)
    ben = await connect_slowly(server, code, "Ben")
    await cleo.wait_for("player_joined")
    await ada.send("start_game")
    await ada.send("choose_word", index=0)
    await cleo.wait_for("turn_started")
    await ada.send_ink(1, BEGIN)
    await cleo.wait_for_ink()
    return ada, cleo, ben


async def draw_much(ada: Wire, cleo: Wire) -> list[float]:
    """More than waits for a line; how many seconds each frame takes to Cleo."""
    loop, took = asyncio.get_running_loop(), []
    for number in range(FRAMES):
        began, before = loop.time(), len(cleo.ink)
        await ada.send_ink(1, points(number))
        await cleo.wait_for_ink(before + 1)
        took.append(loop.time() - began)
        await asyncio.sleep(max(0.0, 0.02 - took[-1]))
    return took


async def drawn(ben: ClientConnection, wanted: bytes) -> tuple[Canvas, int]:
    """What Ben sees at last, and in how many frames it came."""
    canvas, frames = Canvas(), 0
    async with asyncio.timeout(20):
        while canvas.ink != wanted:
            message = await ben.recv()
            if isinstance(message, bytes):
                canvas.apply(decode_frame(message[VERSION_BYTES:], is_whole_canvas=True))
                frames += 1
            elif json.loads(message)["type"] in ("welcome", "canvas_reset"):
                canvas = Canvas()
    return canvas, frames


@pytest.fixture
async def lines():
    """What was opened, closed at the end."""
    opened: list[ClientConnection] = []
    yield opened
    for line in opened:
        line.transport.abort()
        await line.wait_closed()


async def test_who_falls_behind_gets_all_in_the_end_and_holds_nobody_up(server, lines):
    ada, cleo, ben = await table(server)
    lines.append(ben)
    await draw_much(ada, cleo)
    await cleo.send("say", text="a guess")
    expected = Canvas()
    for frame in cleo.ink:
        expected.apply(decode_frame(frame[VERSION_BYTES:]))
    canvas, frames = await drawn(ben, expected.ink)
    assert frames < FRAMES  # strokes merged
    # And now that they read, all goes its usual way.
    await ada.send_ink(1, points(FRAMES))
    await cleo.wait_for_ink(FRAMES + 2)
    await drawn_on(ben, canvas, cleo.ink[-1])


async def read_on(ben: ClientConnection) -> None:
    while True:
        await ben.recv()


async def drawn_on(ben: ClientConnection, canvas: Canvas, last: bytes) -> None:
    async with asyncio.timeout(20):
        while await ben.recv() != last:
            pass


@pytest.mark.slow
async def test_who_never_reads_is_closed_and_the_game_goes_on(server, lines):
    ada, cleo, ben = await table(server)
    lines.append(ben)
    (player,) = [message["player"]["id"] for message in cleo.heard if message["type"] == "player_joined"]
    await draw_much(ada, cleo)
    # 20 s of patience after the line filled up, and 10 s for the goodbye.
    await cleo.wait_for("player_connection", patience=60, player_id=player, connected=False)
    await cleo.send("say", text="still here?")
    await ada.wait_for("chat", text="still here?")
    with pytest.raises(ConnectionClosed):
        await read_on(ben)
