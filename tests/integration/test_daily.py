"""The daily words: the same for everybody who plays on a server that day, and drawn by the same hand."""

import asyncio
from datetime import date
from random import Random

import pytest

from game.bus.local import LocalBus
from game.gateway.identity import Identities
from game.protocol.client_messages import ChangeSettings, Say, StartGame
from game.resources import resource_folder
from game.rooms.door import Admission
from game.rooms.room import Room
from game.rules.commands import Act, Join
from game.rules.game import Game
from game.rules.vocabulary import Vocabulary, Word
from game.studio.base import DrawingFinished, DrawingStarted, Mark, StrokeDrawn
from game.studio.keeping import KeepingStudio
from game.studio.knowledge import undrawable_words
from game.words.daily import daily_source
from game.words.loading import load_packs
from tests.integration.wire import Wire, open_room
from tests.skipping import in_no_time
from tests.unit.game.studio.test_keeping import Keeper

TEXTS = ("house", "umbrella", "castle", "boat", "whale", "sun", "tree", "star")
VOCABULARY = Vocabulary({"en": [Word(text, text) for text in TEXTS]})


class Ear:
    def put(self, payload): ...

    def finish(self, code): ...


class Artist:
    """Never draws the same thing twice."""

    def __init__(self) -> None:
        self.random, self.jobs = Random(1), []

    async def draw(self, job):
        self.jobs.append(job)
        yield DrawingStarted(0.5)
        for _ in range(6):
            await asyncio.sleep(1)
            points = tuple((self.random.random(), self.random.random()) for _ in range(4))
            yield StrokeDrawn((Mark(points, 0.02, (0.0, 0.0, 0.0, 1.0)),), 0.1)
        yield DrawingFinished(0.3)

    def hurry(self, job): ...


async def whole_game(studio: KeepingStudio, code: str, seed: int) -> tuple[list[str], list[bytes]]:
    """Play the day's words in a room of one's own; return them, and the ink of each drawing."""
    source = daily_source(VOCABULARY, "secret", lambda: date(2026, 11, 25))
    room = Room(code, Game(code, "http://localhost", VOCABULARY, seed, daily=source), LocalBus(), studio, keep=lambda kept: None)
    room.admit(Admission(Join("ada", "Ada"), Ear(), "", 0))
    room.post(Act("ada", ChangeSettings(game_mode="daily")))
    room.post(Act("ada", StartGame()))
    words, inks = [], []
    while room.game.phase != "podium":
        await asyncio.sleep(0.1)
        turn = room.game.state.turn
        if turn and room.game.phase == "drawing" and turn.artist_status == "finished":
            words.append(turn.text)
            inks.append(turn.canvas.ink)
            room.post(Act("ada", Say(turn.text)))
            await asyncio.sleep(0.1)
    room.close()
    return words, inks


@in_no_time
async def test_rooms_that_play_at_once_or_later_get_the_same_words_and_the_same_drawings():
    artist = Artist()
    studio = KeepingStudio(artist, Keeper())
    first, second = await asyncio.gather(whole_game(studio, "room", 1), whole_game(studio, "another", 2))
    third = await whole_game(studio, "later", 3)
    assert first == second == third
    words, inks = first
    assert len(set(words)) == len(set(inks)) == len(artist.jobs) == 5
    assert set(words) <= set(TEXTS)


@pytest.mark.slow
@pytest.mark.undisturbed
@pytest.mark.timeout(240)
async def test_two_rooms_of_a_server_see_the_very_same_drawing(serve):
    server = serve()
    server.wait_for_artist()
    secret = Identities.from_key_file(server.data / "signing.key").derived_secret("daily words")
    packs = load_packs(resource_folder("words") / "packs", undrawable_words("doodle-clip"))
    expected = daily_source(packs, secret)("en").words  # which nobody but the server can work out
    wires = [await Wire.join(server, open_room(server), name) for name in ("Ada", "Ben")]
    for wire in wires:
        await wire.send("change_settings", game_mode="daily")
        await wire.send("start_game")
        await asyncio.sleep(3)
    for wire in wires:
        await wire.wait_for("artist_status", status="finished", patience=70)
    first, second = ([frame[4:] for frame in wire.ink] for wire in wires)  # without the rooms' own versions
    assert len(first) >= 5
    assert first == second
    for turn in (1, 2):
        for wire in wires:
            await wire.wait_for("turn_started", turn=turn)
            await wire.send("say", text=expected[turn - 1].text)
            ended = await wire.wait_for("turn_ended", turn=turn)
            assert (ended["word"], ended["reason"]) == (expected[turn - 1].text, "all_guessed")
