"""Whole games over the wire."""

import asyncio
from dataclasses import dataclass, field

from game.protocol.ink import encode_curve
from tests.integration.wire import Wire, open_room
from tests.server import Server

SQUARE = [(100, 100), (200, 100), (200, 200), (100, 200)]


@dataclass
class Played:
    """A game of two people who draw squares and find each other's words."""

    code: str
    game_id: str
    ada: str
    """The host's cookie."""
    ben: str
    keys: list[str] = field(default_factory=list)
    """Of the drawings, Ada's first."""
    words: list[str] = field(default_factory=list)
    scores: dict[str, int] = field(default_factory=dict)


async def play(server: Server, rounds: int = 1, **settings: object) -> Played:
    """Play a game to its end; the host sets `settings` before. Both close their pages then."""
    code = open_room(server)
    ada, ben = await Wire.join(server, code, "Ada"), await Wire.join(server, code, "Ben")
    assert ada.cookie
    assert ben.cookie
    await ada.send("change_settings", **{"human_turns_per_artist_turn": 0, "rounds": rounds, "choices": 1, **settings})
    await ada.send("start_game")
    game = Played(code, (await ben.wait_for("game_started"))["game_id"], ada.cookie, ben.cookie)
    for turn in range(1, 2 * rounds + 1):
        drawer, guesser = (ada, ben) if turn % 2 else (ben, ada)
        game.words.append(await draw_and_find(turn, drawer, guesser))
    ended = await ada.wait_for("game_ended", patience=30)
    game.keys = [drawing["key"] for drawing in ended["drawings"]]
    game.scores = {line["nickname"]: line["score"] for line in ended["podium"]}
    for wire in (ada, ben):
        await wire.close()
    return game


async def draw_and_find(turn: int, drawer: Wire, guesser: Wire) -> str:
    """Play one turn; return its word."""
    started = await drawer.wait_for("turn_started", turn=turn, patience=30)
    # The word comes just after; the one heard as a guesser of the turn before is not meant.
    while (secret := await drawer.wait_for("secret_word"))["version"] < started["version"]:
        await asyncio.sleep(0.05)
    await drawer.send_ink(turn, encode_curve(1, (200, 0, 0, 255), 8, 0, SQUARE))
    await guesser.wait_for_ink_of(turn)
    await guesser.send("say", text=secret["word"])
    await guesser.wait_for("turn_ended", turn=turn)
    return str(secret["word"])
