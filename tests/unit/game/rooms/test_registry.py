"""Rooms that outlive their server."""

import asyncio

from structlog.testing import capture_logs

from game.bus.local import LocalBus
from game.protocol.client_messages import ChangeSettings, ChooseWord, Say, StartGame
from game.protocol.close_codes import BANNED, KICKED, RESTARTING
from game.rooms.door import Admission
from game.rooms.local_rooms import LocalRooms
from game.rooms.registry import House
from game.rooms.room import Room
from game.rooms.snapshots import RoomSnapshot, Snapshots
from game.rules.censor import no_censor
from game.rules.commands import Act, Ink, Join
from game.rules.daily import no_daily
from game.rules.effects import TurnRecord
from game.rules.lobby_settings import BOUNDS, LobbySettings
from tests.skipping import in_no_time
from tests.unit.game.rooms.test_room import CURVE, WORDS, Ear
from tests.unit.game.rules.table import ink

HOUSE = House("http://localhost", WORDS, LobbySettings(human_turns_per_artist_turn=0, rounds=1), BOUNDS, no_censor, no_daily, seed=1)


class Host:
    """A server's rooms, with nobody to draw in them."""

    def __init__(self, folder) -> None:
        self.kept: list[object] = []
        self.bus, self.snapshots = LocalBus(), Snapshots(folder)
        self.rooms = LocalRooms(HOUSE, self.bus, None, self.kept.append, self.snapshots)

    async def open(self, **settings: bool) -> Room:
        room = self.rooms.find(await self.rooms.open(**settings))
        assert room is not None
        return room

    def join(self, room: Room, player: str) -> Ear:
        ear = Ear()
        room.admit(Admission(Join(player, player.capitalize()), ear, "", 0))
        return ear

    def killed(self) -> None:
        """Leave what lies on the disk, and nothing else."""
        for room in list(self.rooms._rooms.values()):
            room._stop()
        self.snapshots.close()


async def playing(host: Host) -> tuple[Room, Ear, Ear]:
    room = await host.open()
    ada, ben = host.join(room, "ada"), host.join(room, "ben")
    room.post(Act("ada", StartGame()))
    room.post(Act("ada", ChooseWord(0)))
    return room, ada, ben


@in_no_time
async def test_a_game_goes_on_in_the_next_server(tmp_path):
    host = Host(tmp_path)
    room, _, _ = await playing(host)
    await asyncio.sleep(10)
    room.post(Ink("ada", ink(1, CURVE)))
    await asyncio.sleep(2)
    left = room.game.state.turn.remaining_ms(room._now())
    host.killed()
    await asyncio.sleep(1000)
    other = Host(tmp_path)
    other.rooms.reopen()
    again = other.rooms.find(room.code)
    assert again.game.phase == "drawing"
    ada, ben = other.join(again, "ada"), other.join(again, "ben")
    (goes_on,) = [message for message in ben.messages if message["type"] == "goes_on"]
    assert left <= goes_on["remaining_ms"] <= left + 2000, "what was not saved yet has not been"
    assert again.game.state.turn.canvas.ink == room.game.state.turn.canvas.ink != b""
    assert "secret_word" not in ben.types
    assert ada.messages[0]["word"] == room.game.state.turn.text
    again.post(Act("ben", Say(again.game.state.turn.text)))
    assert again.game.phase == "result"
    await other.rooms.suspend()


@in_no_time
async def test_what_counts_is_saved_before_anybody_hears_of_it_and_strokes_within_two_seconds(tmp_path):
    host = Host(tmp_path)
    room, _, _ = await playing(host)
    saved: list[RoomSnapshot] = []
    room._save_to = lambda snapshot: not saved.append(snapshot)
    room.post(Ink("ada", ink(1, CURVE)))
    room.post(Act("ben", Say("no idea")))
    assert saved == []
    await asyncio.sleep(2)
    assert len(saved) == 1
    await asyncio.sleep(2)
    assert len(saved) == 1, "nothing has changed since"
    heard: list[int] = []
    room._publish = lambda *_: heard.append(len(saved))
    room.post(Act("ben", Say(room.game.state.turn.text)))
    assert heard
    assert set(heard) == {2}
    host.killed()


@in_no_time
async def test_rooms_in_which_something_happens_at_once_are_saved_one_after_another(tmp_path):
    host, saved = Host(tmp_path), {}
    now = asyncio.get_running_loop().time
    rooms = [(await playing(host))[0] for _ in range(12)]
    for room in rooms:
        room._save_to = lambda snapshot: saved.setdefault(snapshot.code, now()) > 0
        room.post(Act("ben", Say("no idea")))
    await asyncio.sleep(2)
    assert len(saved) == 12
    assert max(saved.values()) - min(saved.values()) > 0.3
    host.killed()


@in_no_time
async def test_a_result_that_was_on_its_way_into_the_journal_is_handed_in_again(tmp_path):
    host = Host(tmp_path)
    room, _, _ = await playing(host)
    room.post(Act("ben", Say(room.game.state.turn.text)))
    kept: list[object] = []

    def die(entry: object) -> None:
        kept.append(entry)
        room._stop()

    room._keep = die
    await asyncio.sleep(8)
    host.killed()
    other = Host(tmp_path)
    other.rooms.reopen()
    assert [type(entry) for entry in other.kept] == [TurnRecord]
    assert other.kept == kept
    await other.rooms.suspend()


@in_no_time
async def test_a_graceful_stop_says_so_and_loses_nothing_at_all(tmp_path):
    host = Host(tmp_path)
    room, ada, ben = await playing(host)
    room.post(Ink("ada", ink(1, CURVE)))
    await host.rooms.suspend()
    for ear in (ada, ben):
        assert ear.messages[-1] == {"type": "notice", "kind": "restarting"} | {"version": ear.messages[-1]["version"]}
        assert ear.code == RESTARTING
    other = Host(tmp_path)
    other.rooms.reopen()
    assert other.rooms.find(room.code).game.state.turn.canvas.ink == CURVE
    await other.rooms.suspend()


@in_no_time
async def test_a_room_that_closed_is_gone(tmp_path):
    host = Host(tmp_path)
    room = await host.open()
    await asyncio.sleep(200)
    assert host.rooms.find(room.code) is None
    await host.rooms.suspend()
    other = Host(tmp_path)
    other.rooms.reopen()
    assert other.rooms.find(room.code) is None
    await other.rooms.suspend()


@in_no_time
async def test_a_room_that_cannot_be_read_is_put_aside_and_costs_no_other(tmp_path):
    host = Host(tmp_path)
    room = await host.open()
    host.join(room, "ada")
    host.snapshots.save(RoomSnapshot("odd", 1.0, b"of another format"))
    host.killed()
    other = Host(tmp_path)
    with capture_logs() as lines:
        other.rooms.reopen()
    assert other.rooms.find(room.code) is not None
    assert other.rooms.find("odd") is None
    refused = next(line for line in lines if line["event"] == "a room cannot be opened again")
    assert "no snapshot of a room" in refused["reason"]
    assert len(list(tmp_path.glob("*-odd.refused"))) == 1
    await other.rooms.suspend()


@in_no_time
async def test_the_settings_of_a_lobby_are_kept_too(tmp_path):
    host = Host(tmp_path)
    room = await host.open()
    host.join(room, "ada")
    room.post(Act("ada", ChangeSettings(rounds=7, password="knock")))
    host.killed()
    other = Host(tmp_path)
    other.rooms.reopen()
    assert other.rooms.find(room.code).game.settings.rounds == 7
    await other.rooms.suspend()


@in_no_time
async def test_a_room_that_owes_what_nobody_can_read_is_put_aside_and_the_server_starts(tmp_path):
    host = Host(tmp_path)
    room = await host.open()
    host.join(room, "ada")
    host.snapshots.save(RoomSnapshot("odd", 1.0, room.game.freeze(), (b"no entry",)))
    host.killed()
    other = Host(tmp_path)
    other.rooms.reopen()
    assert other.rooms.find(room.code) is not None
    assert other.rooms.find("odd") is None
    assert len(list(tmp_path.glob("*-odd.refused"))) == 1
    assert other.kept == []
    await other.rooms.suspend()


@in_no_time
async def test_the_owner_sees_and_rules_all_rooms(tmp_path):
    host = Host(tmp_path)
    room, ada, ben = await playing(host)
    lobby = await host.open(is_public=True)
    elsewhere = host.join(lobby, "ben")
    busy, quiet = host.rooms.survey()
    assert (busy.code, busy.phase, busy.is_public) == (room.code, "drawing", False)
    assert (quiet.code, quiet.phase, quiet.is_public) == (lobby.code, "lobby", True)
    assert [(seat.id, seat.is_ai, seat.is_host) for seat in busy.seats] == [("artist", True, False), ("ada", False, True), ("ben", False, False)]
    assert room.game.state.turn.text not in str(busy), "the owner may be playing"
    assert host.rooms.census() == {("drawing", False): 1, ("lobby", True): 1}
    host.rooms.broadcast("hello")
    assert [ear.messages[-1]["text"] for ear in (ada, ben, elsewhere)] == ["hello"] * 3
    assert not host.rooms.send_away(room.code, "cyd")
    host.rooms.banish({"ben", "cyd"})
    assert (ada.code, ben.code, elsewhere.code) == (None, BANNED, BANNED)
    assert host.rooms.send_away(room.code, "ada")
    assert ada.code == KICKED
    await host.rooms.suspend()


@in_no_time
async def test_a_server_that_drains_keeps_newcomers_out_of_lobbies_alone(tmp_path):
    host = Host(tmp_path)
    room, _, _ = await playing(host)
    lobby = await host.open()
    host.join(lobby, "dora")
    assert not host.rooms.keeps_out(lobby, "eva")
    host.rooms.drain(draining=True)
    assert host.rooms.keeps_out(lobby, "eva")
    assert not host.rooms.keeps_out(lobby, "dora")
    assert not host.rooms.keeps_out(room, "eva")
    await host.rooms.suspend()
