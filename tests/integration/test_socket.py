"""The gateway from outside: what a socket may and may not do."""

import asyncio
import json
import struct
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from websockets.exceptions import InvalidStatus

from game.protocol.limits import CUSTOM_WORDS_LENGTH, MAX_FRAME_BYTES, PROTOCOL_VERSION
from tests.integration.wire import Wire, open_room
from tests.server import Server

BEGIN = struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 10, 10)
POINTS = struct.pack("<BHBHH", 2, 1, 1, 50, 60)


@pytest.fixture(scope="module", params=["direct", pytest.param("asgi", marks=pytest.mark.slow)])
def server(request, tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("socket"), words=("qzorblax", "wumpfish", "kreevolt"), sockets=request.param).start()
    yield server
    server.stop()


async def two_players(server: Server) -> tuple[Wire, Wire]:
    """Ada, who draws first, and Ben; the artist does not draw."""
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Ben")
    await ada.send("change_settings", human_turns_per_artist_turn=0)
    await ada.send("start_game")
    await ada.send("choose_word", index=0)
    await ben.wait_for("turn_started")
    return ada, ben


async def test_a_whole_turn_between_two_people(server):
    ada, ben = await two_players(server)
    word = (await ada.wait_for("secret_word"))["word"]
    await ada.send_ink(1, BEGIN)
    await ben.wait_for_ink(1)
    await ada.send_ink(1, POINTS + b"\x03\x01\x00")
    await ben.wait_for_ink(2)
    assert [frame[4:] for frame in ben.ink] == [b"I\x00\x01\x00" + BEGIN, b"I\x00\x01\x00" + POINTS + b"\x03\x01\x00"]
    assert ada.ink == []
    await ben.send("say", text="a guess")
    assert (await ada.wait_for("chat"))["text"] == "a guess"
    await ben.send("say", text=word)
    ended = await ada.wait_for("turn_ended")
    assert (ended["word"], ended["reason"]) == (word, "all_guessed")


async def test_versions_are_the_same_for_all_and_only_rise(server):
    ada, ben = await two_players(server)
    await ada.send_ink(1, BEGIN)
    await ben.wait_for_ink()
    for wire in (ada, ben):
        versions = [message["version"] for message in wire.heard]
        assert versions == sorted(set(versions))
    shared = {json.dumps(message) for message in ada.heard if message["type"] == "turn_started"}
    assert shared == {json.dumps(message) for message in ben.heard if message["type"] == "turn_started"}
    assert struct.unpack_from("<I", ben.ink[0])[0] > max(message["version"] for message in ben.heard if message["type"] == "turn_started")


async def test_bad_input_is_answered_and_changes_nothing(server):
    ada, ben = await two_players(server)
    for frame, code in [
        ('{"type":"dance"}', "unknown_type"),
        ('{"type":"say","text":7}', "bad_field"),
        ('{"type":"say","text":""}', "bad_field"),
        (b"I\x00\x01\x00" + struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 9999, 10), "off_canvas"),
        (b"I\x00\x01\x00" + BEGIN + struct.pack("<BHB", 2, 1, 250) * 1 + bytes(1000) + struct.pack("<BHB", 2, 1, 250) + bytes(1000)
         + struct.pack("<BHB", 2, 1, 250) + bytes(1000), "too_many_points"),
        (b"I\x00\x01\x00" + POINTS, "bad_field"),
    ]:  # fmt: skip
        await ada.send_raw(frame)
        await ada.wait_for("error", code=code)
    await ben.send_ink(1, BEGIN)
    await ben.wait_for("error", code="not_your_turn")
    await ada.send("say", text="still here")
    assert (await ada.wait_for("chat"))["text"] == "still here"
    assert ben.ink == []


@pytest.mark.parametrize("junk", ["hello", b"\x00\x01\x02", b"I\x00\x01"])
async def test_junk_closes_the_socket_but_keeps_the_seat(server, junk):
    ada, ben = await two_players(server)
    await ben.send_raw(junk)
    assert await ben.wait_for_close() == 4400
    await ben.wait_for("error", code="junk")
    assert (await ada.wait_for("player_connection"))["connected"] is False


async def test_who_comes_back_has_the_same_seat(server):
    ada, ben = await two_players(server)
    welcome = await ben.wait_for("welcome")
    await ada.send_ink(1, BEGIN)
    await ben.wait_for_ink()
    await ben.close()
    await ada.wait_for("player_connection", connected=False)
    again = await Wire.join(server, welcome["code"], "Ben", ben.cookie)
    assert (await again.wait_for("welcome"))["you"] == welcome["you"]
    await again.wait_for_ink()
    assert again.ink[0][4:] == ben.ink[0][4:]


async def test_who_was_away_for_a_moment_gets_what_was_missed_and_nothing_else(server):
    ada, ben = await two_players(server)
    welcome = await ben.wait_for("welcome")
    seen = max(message["version"] for message in ben.heard)
    await ben.close()
    await ada.wait_for("player_connection", connected=False)
    await ada.send_ink(1, BEGIN)
    await ada.send("say", text="a secret for those who know")
    await ada.send("react", reaction=1)
    await ada.wait_for("reaction")
    again = await Wire.hello(server, welcome["code"], "Ben", ben.cookie, epoch=welcome["epoch"], seen=seen)
    await again.wait_for("resumed")
    assert [message["type"] for message in again.heard] == ["player_connection", "reaction", "resumed"]
    assert [frame[4:] for frame in again.ink] == [b"I\x00\x01\x00" + BEGIN]
    versions = [message["version"] for message in again.heard] + [struct.unpack_from("<I", again.ink[0])[0]]
    assert min(versions) > seen

    stale = await Wire.hello(server, welcome["code"], "Ben", ben.cookie, epoch="of another server", seen=seen)
    await stale.wait_for("welcome")


async def test_who_is_kicked_hears_why_and_a_ban_holds(server):
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Ben")
    who = (await ben.wait_for("welcome"))["you"]
    await ada.send("kick", player_id=who)
    assert await ben.wait_for_close() == 4401
    ben = await Wire.join(server, code, "Ben", ben.cookie)
    await ada.send("kick", player_id=who, ban=True)
    assert await ben.wait_for_close() == 4403
    ben = await Wire.hello(server, code, "Ben", ben.cookie)
    await ben.wait_for("error", code="banned")
    assert await ben.wait_for_close() == 4409


async def test_a_password_cannot_be_found_by_trying(server):
    code = open_room(server)
    ada = await Wire.join(server, code, "Ada")
    await ada.send("change_settings", password="sesame")
    assert (await ada.wait_for("settings_changed"))["settings"]["has_password"] is True
    assert b"sesame" not in b"".join(ada.raw)
    await (await Wire.hello(server, code, "Ben", password="sesame")).wait_for("welcome")
    for number in range(25):
        wire = await Wire.hello(server, code, "Eve", password=f"guess {number}")
        if await wire.wait_for_close() == 1008:
            break
        await wire.wait_for("error", code="bad_password")
    else:
        raise AssertionError("25 passwords could be tried")


async def test_custom_words_may_be_long_but_nothing_else(server):
    ada = await Wire.join(server, open_room(server), "Ada")
    await ada.send("set_words", text="\n".join(f"word {number}" for number in range(1500)))
    assert (await ada.wait_for("words_taken"))["kept"] == 1500
    await ada.send("say", text="x" * 5000)
    await ada.wait_for("error", code="too_long")


@pytest.mark.parametrize("frame", ["x" * (MAX_FRAME_BYTES + 1), bytes(MAX_FRAME_BYTES + 1), "é" * (MAX_FRAME_BYTES // 2 + 1)])
async def test_a_frame_beyond_the_bound_ends_the_connection(server, frame):
    ada = await Wire.join(server, open_room(server), "Ada")
    await ada.send_raw(frame)
    assert await ada.wait_for_close() == 1009


async def test_the_longest_words_come_in_parts_and_are_taken_as_a_whole(server):
    ada = await Wire.join(server, open_room(server), "Ada")
    words = ",".join(f"{chr(0x4E00 + number)}{chr(0x5E00 + number)}" for number in range((CUSTOM_WORDS_LENGTH + 1) // 3))
    for begin in range(0, len(words), 5000):
        part = {"type": "set_words", "text": words[begin : begin + 5000], "more": begin + 5000 < len(words)}
        await ada.send_raw(json.dumps(part, ensure_ascii=False))
    taken = await ada.wait_for("words_taken")
    assert (taken["kept"], taken["refused"]) == ((CUSTOM_WORDS_LENGTH + 1) // 3, 0)
    for begin in (0, 1, 2):
        await ada.send("set_words", text="x" * 9000, more=begin < 2)
    await ada.wait_for("error", code="bad_word")
    await ada.send("set_words", text="boat")
    assert (await ada.wait_for("words_taken", kept=1))["refused"] == 0


async def test_a_second_connection_takes_the_player_over(server):
    code = open_room(server)
    first = await Wire.join(server, code, "Ada")
    second = await Wire.join(server, code, "Ada", first.cookie)
    assert await first.wait_for_close() == 4410
    await second.send("say", text="hi")
    await second.wait_for("chat", text="hi")


@pytest.mark.parametrize(
    ("hello", "close_code", "error"),
    [
        ({"type": "hello", "protocol": PROTOCOL_VERSION + 1, "nickname": "Ada"}, 4426, "wrong_protocol"),
        ({"type": "hello", "protocol": PROTOCOL_VERSION, "nickname": "<b>Ada</b>"}, 4409, "bad_nickname"),
        ({"type": "say", "text": "hi"}, 4408, "hello_first"),
        ({"type": "nothing"}, 4400, "unknown_type"),
    ],
)
async def test_a_bad_hello_is_answered_and_closed(server, hello, close_code, error):
    wire = await Wire.connect(server, open_room(server))
    await wire.send_raw(json.dumps(hello))
    assert await wire.wait_for_close() == close_code
    await wire.wait_for("error", code=error)


async def test_a_missing_room_says_so(server):
    wire = await Wire.connect(server, "nosuchroom")
    assert await wire.wait_for_close() == 4404
    await wire.wait_for("error", code="no_such_room")
    with pytest.raises(HTTPError, match="404"):
        await asyncio.to_thread(urlopen, f"{server.url}/api/lobbies/nosuchroom")


async def test_a_full_room_says_so(server):
    code = open_room(server)
    ada = await Wire.join(server, code, "Ada")
    await ada.send("change_settings", max_players=1)
    await ada.wait_for("settings_changed")
    wire = await Wire.hello(server, code, "Ben")
    assert await wire.wait_for_close() == 4409
    await wire.wait_for("error", code="room_full")
    assert (await (await Wire.join(server, code, "Ben", role="spectator")).wait_for("welcome"))["players"][-1]["role"] == "spectator"


async def test_a_foreign_page_is_refused(server):
    with pytest.raises(InvalidStatus, match="403"):
        await Wire.connect(server, open_room(server), Origin="http://evil.example")
    wire = await Wire.connect(server, open_room(server), Origin=server.url)
    await wire.close()


async def test_who_floods_is_slowed_down_then_cut_off(server):
    code = open_room(server)
    ada = await Wire.join(server, code, "Ada")
    for index in range(40):
        await ada.send("say", text=f"line {index}")
    await ada.wait_for("error", code="too_fast")
    for _ in range(120):
        if ada.close_code is None:
            await ada.send("say", text="more")
    assert await ada.wait_for_close() == 1008
