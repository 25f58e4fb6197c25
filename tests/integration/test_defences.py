"""What one address, one player or many silent connections can do to the others: nothing that these would notice."""

import asyncio
import contextlib
import resource
import socket
import struct
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from game.gateway.identity import Identities
from game.protocol.limits import PROTOCOL_VERSION
from tests.integration.web import ask
from tests.integration.wire import Wire, open_room
from tests.server import Server

MOST = 5
"""Connections from one address."""
PUBLIC = "https://play.example.org"
BEGIN = struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 10, 10)
HALF_OPEN = 1000
UPGRADE = (
    "GET /ws/{code} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@pytest.fixture(scope="module", params=["direct", pytest.param("asgi", marks=pytest.mark.slow)])
def sockets(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def server(sockets, tmp_path_factory) -> Iterator[Server]:
    """Believes the addresses that it is told of, and is patient."""
    folder = tmp_path_factory.mktemp("defences")
    (folder / "signing.key").write_text("the new key\nthe old key\n")
    server = Server(folder, sockets=sockets, connections_per_address=MOST, handshake_seconds=100, public_url=PUBLIC)
    yield server.start()
    server.stop()


@pytest.fixture(scope="module")
def hasty(sockets, tmp_path_factory) -> Iterator[Server]:
    """Believes another proxy, and is in a hurry."""
    settings = {"sockets": sockets, "connections_per_address": MOST, "handshake_seconds": 1, "trusted_proxies": "192.0.2.99, 10.0.0.0/8"}
    server = Server(tmp_path_factory.mktemp("hasty"), **settings)
    yield server.start()
    server.stop()


@pytest.fixture
def many_files() -> Iterator[None]:
    """Lets the test have as many sockets as it needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def come(server: Server, code: str, address: str, cookie: str | None = None) -> Wire:
    """Open a socket through a proxy that says whom it speaks for."""
    return await Wire.connect(server, code, cookie, **{"X-Forwarded-For": address})


async def join(server: Server, code: str, address: str, nickname: str, cookie: str | None = None) -> Wire:
    wire = await come(server, code, address, cookie)
    await wire.send("hello", protocol=PROTOCOL_VERSION, nickname=nickname)
    await wire.wait_for("welcome")
    return wire


async def is_full(server: Server, code: str, address: str) -> bool:
    """Whether one more is refused; one who is let in goes again."""
    try:
        wire = await come(server, code, address)
    except InvalidStatus as refused:
        if refused.response.status_code != 429:
            raise
        return True
    await wire.close()
    return False


def half_open(server: Server, number: int, code: str) -> socket.socket:
    """Connect and say nothing, or half of something: each of five kinds in turn."""
    line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    whole = UPGRADE.format(code=code, address=f"203.0.113.{number % 250}").encode()
    sent = (b"", b"\r\n", b"GET / HT", whole[:-2], whole)[number % 5]
    line.sendall(sent)
    if sent == whole:
        assert line.recv(4096).startswith(b"HTTP/1.1 101")  # and no hello follows
    return line


def is_open(line: socket.socket) -> bool:
    """Whether nothing has come but, on a WebSocket, a ping."""
    line.setblocking(False)
    try:
        return bool(line.recv(4096))
    except BlockingIOError:
        return True


# --- connections from one address


async def test_an_address_has_so_many_connections_and_others_do_not_notice(server):
    code = open_room(server)
    wires = [await come(server, code, "198.51.100.1") for _ in range(MOST)]
    assert await is_full(server, code, "198.51.100.1")
    assert not await is_full(server, code, "198.51.100.2")
    await wires[0].close()
    async with asyncio.timeout(20):
        while await is_full(server, code, "198.51.100.1"):
            await asyncio.sleep(0.01)


async def test_however_a_connection_ends_its_place_is_free_again(server):
    code, address = open_room(server), "198.51.100.3"
    for _ in range(2):
        silent = await come(server, code, address)
        gone, junk, left = [await join(server, code, address, name) for name in ("Ada", "Ben", "Cleo")]
        lost = await come(server, "nosuchroom", address)
        assert await lost.wait_for_close() == 4404
        await silent.close()
        await gone.close()
        await junk.send_raw("junk")
        await left.send("leave_room")
        assert await junk.wait_for_close() == 4400
        assert await left.wait_for_close() == 1000
        again: list[Wire] = []
        async with asyncio.timeout(20):
            while len(again) < MOST:
                with contextlib.suppress(InvalidStatus):
                    again.append(await come(server, code, address))
                await asyncio.sleep(0)
        assert await is_full(server, code, address)
        for wire in again:
            await wire.close()
        async with asyncio.timeout(20):
            while await is_full(server, code, address):
                await asyncio.sleep(0.01)


async def test_who_is_not_trusted_cannot_say_that_it_is_somebody_else(hasty):
    code = open_room(hasty)
    for number in range(MOST):
        await join(hasty, code, f"198.51.100.{number}", f"Player {number}")
    assert await is_full(hasty, code, "198.51.100.77")
    assert await is_full(hasty, code, "192.0.2.99")  # nor that it is the proxy


# --- where a page comes from


@pytest.mark.parametrize(
    "origin", ["null", "http://evil.example", "http://127.0.0.1:1", "http://[evil", "https://play.example.org:8443", "http://play.example.org", ""]
)
async def test_a_page_from_elsewhere_is_refused(server, origin):
    with pytest.raises(InvalidStatus, match="403"):
        await Wire.connect(server, open_room(server), Origin=origin)


@pytest.mark.parametrize("origin", ["HTTP://127.0.0.1:{port}", "https://PLAY.example.org", "https://play.example.org:443"])
async def test_a_page_of_ones_own_is_let_in(server, origin):
    await (await Wire.connect(server, open_room(server), Origin=origin.format(port=server.port))).close()


# --- budgets


async def test_neither_another_socket_nor_coming_back_makes_a_player_faster(server):
    first, second = open_room(server), open_room(server)
    ada = await join(server, first, "198.51.100.10", "Ada")
    elsewhere = await join(server, second, "198.51.100.11", "Ada", ada.cookie)
    cleo = await join(server, first, "198.51.100.10", "Cleo")
    for number in range(12):
        await ada.send("say", text=f"first {number}")
        await elsewhere.send("say", text=f"second {number}")
    await ada.wait_for("error", code="too_fast")
    await elsewhere.wait_for("error", code="too_fast")
    assert sum(message["type"] == "chat" for wire in (ada, elsewhere) for message in wire.heard) < 20  # two players would have had 10 each
    again = await join(server, first, "198.51.100.12", "Ada", ada.cookie)
    for number in range(9):
        await again.send("say", text=f"again {number}")
    await again.wait_for("error", code="too_fast")
    await cleo.send("say", text="I have said nothing yet")  # from the same address
    await cleo.wait_for("chat", text="I have said nothing yet")


async def test_who_comes_in_again_and_again_has_to_wait(server):
    code = open_room(server)
    ada = await join(server, code, "198.51.100.20", "Ada")
    for _ in range(40):
        await ada.close()
        ada = await come(server, code, "198.51.100.21", ada.cookie)
        with contextlib.suppress(ConnectionClosed):  # it may have been sent away by then
            await ada.send("hello", protocol=PROTOCOL_VERSION, nickname="Ada")
        async with asyncio.timeout(20):
            while ada.close_code is None and not ada.heard:
                await asyncio.sleep(0)
        if ada.heard[0]["type"] == "error":
            break
    await ada.wait_for("error", code="too_fast")
    assert await ada.wait_for_close() == 1008
    await join(server, code, "198.51.100.21", "Ben")


def test_rooms_are_opened_at_a_players_pace(server):
    cookie = ask(server, "/").cookie
    statuses = [ask(server, "/api/lobbies", "POST", cookie, {}, X_Forwarded_For=f"198.51.100.{number}").status for number in range(30)]
    assert statuses[0] == 201
    assert statuses[-1] == 429
    assert ask(server, "/api/lobbies", "POST", None, {}, X_Forwarded_For="198.51.100.1").status == 201


# --- signing keys


async def test_a_cookie_of_an_older_key_is_believed_and_replaced(server):
    old, new = Identities("the old key"), Identities("the new key")
    cookie = f"guesstroke={old._serializers[0].dumps('6f6b8b0e-0000-4000-8000-000000000000')}"
    fresh = ask(server, "/", cookie=cookie).cookie
    assert new.recognise(fresh.partition("=")[2]) == "6f6b8b0e-0000-4000-8000-000000000000"
    assert "set-cookie" not in ask(server, "/", cookie=fresh).headers
    code = open_room(server)
    seats = [await (await join(server, code, "198.51.100.40", "Ada", each)).wait_for("welcome") for each in (cookie, fresh)]
    assert seats[0]["you"] == seats[1]["you"]


# --- half-open


async def test_a_thousand_half_open_connections_keep_nobody_out(server, many_files):
    code = open_room(server)
    lines = [half_open(server, number, code) for number in range(HALF_OPEN)]
    try:
        ada, ben = await join(server, code, "198.51.100.50", "Ada"), await join(server, code, "198.51.100.51", "Ben")
        await ada.send("change_settings", human_turns_per_artist_turn=0)
        await ada.send("start_game")
        await ada.send("choose_word", index=0)
        word = (await ada.wait_for("secret_word"))["word"]
        await ada.send_ink(1, BEGIN)
        await ben.wait_for_ink()
        await ben.send("say", text=word)
        assert (await ada.wait_for("turn_ended"))["reason"] == "all_guessed"
        assert all(is_open(line) for line in lines)  # all the time
    finally:
        for line in lines:
            line.close()


async def test_who_does_not_get_on_with_it_is_cut_off_and_who_plays_is_not(hasty, many_files):
    code = open_room(hasty)
    ada = await Wire.join(hasty, code, "Ada")
    readers = []
    # But for the proxy's whole handshakes, whom this server does not believe, so that they come from one address.
    for number in (each for each in range(HALF_OPEN) if each % 5 != 4):
        line = half_open(hasty, number, code)
        readers.append(await asyncio.open_connection(sock=line))
    async with asyncio.timeout(60):
        assert set(await asyncio.gather(*(reader.read() for reader, _ in readers))) == {b""}
    for _, writer in readers:
        writer.close()
    silent = await Wire.connect(hasty, code)
    assert await silent.wait_for_close() == 4408
    await ada.send("say", text="still here")
    await ada.wait_for("chat", text="still here")
    assert "Traceback" not in hasty.log


@pytest.mark.parametrize("what", ["head", "body", "hello"])
async def test_a_byte_now_and_then_buys_no_time(hasty, what):
    reader, writer = await asyncio.open_connection("127.0.0.1", hasty.port)
    if what == "head":
        trickle = b"GET /healthz HTTP/1.1\r\nX-Slow: " + b"x" * 10_000
    elif what == "body":
        writer.write(b"POST /api/lobbies HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10000\r\n\r\n")
        trickle = b'{"language": "' + b"x" * 10_000
    else:
        writer.write(UPGRADE.format(code=open_room(hasty), address="10.0.0.1").encode())
        await reader.readuntil(b"\r\n\r\n")
        trickle = b"\x81\xfe\x20\x00\x00\x00\x00\x00" + b'{"type":"hello","nickname":"' + b"x" * 10_000
    goodbye = b"\x88\x02" + struct.pack("!H", 4408)
    ended = asyncio.create_task(reader.readuntil(goodbye) if what == "hello" else reader.read())
    async with asyncio.timeout(30):
        for byte in trickle:
            done, _ = await asyncio.wait([ended], timeout=0.1)
            if done:
                break
            with contextlib.suppress(ConnectionError):
                writer.write(bytes([byte]))
    writer.close()
    assert ended.done()
    # The first ping comes at a random moment, and may come before the goodbye.
    assert ended.result().endswith(goodbye) if what == "hello" else ended.result() == b""
    assert "Traceback" not in hasty.log


def test_a_refused_handshake_says_why(hasty):
    code = open_room(hasty)
    lines = [half_open(hasty, 4, code) for _ in range(MOST)]
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=20) as line:
        line.sendall(UPGRADE.format(code=code, address="10.0.0.1").encode())
        answer = line.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 429")
    assert answer.endswith(b"Too many connections are open from your address.")
    for line in lines:
        line.close()
