"""Games of the past weeks, written straight into a server's database before it starts: pages about what is kept have something to show."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Final
from uuid import NAMESPACE_DNS, uuid5

from game.protocol.ink import encode_curve
from game.protocol.views import PodiumLine
from game.rules.effects import GameRecord, Guesser, GuessRecord, Kept, TurnRecord
from game.rules.players import ARTIST_ID, ARTIST_NICKNAME
from game.rules.turn import drawing_key
from game.store.session import connect, migrate
from game.store.transfers import open_transfer
from tests.conftest import REPOSITORY
from tests.hand_sketches import HAND_SKETCHES
from tests.unit.game.drawing.hand import as_sent
from tests.unit.game.store.sample import began, put

Drawn = tuple[str, bytes, tuple[int, ...]]
"""A word, its ink, and when each record of the ink came."""

DAYS: Final = 26
PEOPLE: Final = tuple(Guesser(str(uuid5(NAMESPACE_DNS, name)), name, False) for name in ("Ada", "Ben", "Cyd", "Dora"))
ADA: Final = PEOPLE[0]
ARTIST: Final = Guesser(ARTIST_ID, ARTIST_NICKNAME, True)
GUESSERS: Final = (*PEOPLE, Guesser("robot", "Robot", True))
_colors: Final = ((27, 31, 59), (214, 69, 51), (39, 67, 210), (26, 115, 70), (150, 90, 20))
_side, _left = 600, 100
"""Of the artist's square picture, in the middle of the canvas."""


def fill(data: Path) -> None:
    """Write games into the database that a server with this folder opens."""
    migrate(_url(data))
    asyncio.run(_play_all(_url(data)))


async def code_of_ada(data: Path) -> str:
    """A code that makes a browser Ada, who took part in all of them."""
    engine, sessions = connect(_url(data))
    code = await open_transfer(sessions, ADA.player_id)
    await engine.dispose()
    return code


def _url(data: Path) -> str:
    return f"sqlite+aiosqlite:///{(data / 'guesstroke.db').absolute()}"


async def _play_all(url: str) -> None:
    engine, sessions = connect(url)
    random, now = Random(2), datetime.now(UTC)
    by_people, by_artist = cycle(_drawn_by_people()), cycle(_drawn_by_the_artist())
    for ago in reversed(range(DAYS)):
        for number in range(random.choice((0, 1, 1, 2))):
            entries = _game(random, f"game-{ago}-{number}", DAYS - ago, by_people, by_artist)
            await put(sessions, *entries, at=now - timedelta(days=ago, minutes=random.uniform(10, 60)))
    await engine.dispose()


def _game(random: Random, game: str, day: int, by_people: Iterator[Drawn], by_artist: Iterator[Drawn]) -> list[Kept]:
    """A game on one of the days. People guess the artist's drawings better with the days, and so does the robot with people's."""
    entries: list[Kept] = [began(game, game, mode=random.choice(("normal", "normal", "hidden")), host_id=ADA.player_id)]
    scores = dict.fromkeys(GUESSERS, 0)
    for number in range(1, random.randint(4, 7)):
        drawer = ARTIST if number % 3 == 1 else PEOPLE[(number + day) % len(PEOPLE)]
        word, ink, times = next(by_artist if drawer.is_ai else by_people)
        guesses, missed = [], []
        for guesser in GUESSERS:
            chance = 0.3 + 0.01 * day if guesser.is_ai else 0.35 + 0.015 * day if drawer.is_ai else 0.8
            if guesser == drawer:
                continue
            if random.random() > chance:
                missed.append(guesser)
                continue
            milliseconds = round(random.uniform(0.25, 1.3) * times[-1])
            points = max(50, 400 - milliseconds // 200)
            guesses.append(GuessRecord(guesser.player_id, guesser.nickname, guesser.is_ai, milliseconds, points))
            scores[guesser] += points
        guesses.sort(key=lambda guess: guess.milliseconds)
        seconds, reason = (80.0, "time_up") if missed else (guesses[-1].milliseconds / 1000, "all_guessed")
        entries.append(
            TurnRecord(
                key=drawing_key(game, number),
                game_id=game,
                number=number,
                round=1 + number // 4,
                word=word,
                is_own_word=False,
                ink=ink,
                times=times,
                drawer_id=drawer.player_id,
                drawer_nickname=drawer.nickname,
                drawer_is_ai=drawer.is_ai,
                drawer_points=80,
                seconds=seconds,
                reason=reason,
                likes=random.choice((0, 0, 1, 2, 3)),
                dislikes=random.choice((0, 0, 0, 1)),
                guesses=tuple(guesses),
                missed=tuple(missed),
            )
        )
    places = enumerate(sorted(scores.items(), key=lambda line: -line[1]), start=1)
    lines = (PodiumLine(who.player_id, who.nickname, score, rank, who.is_ai, 0, "") for rank, (who, score) in places)
    return [*entries, GameRecord(game, tuple(lines))]


def _drawn_by_people() -> list[Drawn]:
    drawn = []
    for number, (word, strokes) in enumerate(HAND_SKETCHES.items()):
        ink, times = as_sent(strokes, seed=number, width=5 + number % 4, rgb=_colors[number % len(_colors)])
        drawn.append((word, ink, tuple(times)))
    return drawn


def _drawn_by_the_artist() -> list[Drawn]:
    drawn = []
    for drawing in json.loads((REPOSITORY / "static" / "drawings" / "home.json").read_text("utf-8")):
        curves = [_curve(number, *stroke) for number, stroke in enumerate(drawing["strokes"], start=1)]
        drawn.append((drawing["words"]["en"], b"".join(curves), tuple(2500 + 3500 * number for number in range(len(curves)))))
    return drawn


def _curve(number: int, color: str, width: float, flat: list[float]) -> bytes:
    points = [(_left + x * _side / 1000, y * _side / 1000) for x, y in zip(flat[::2], flat[1::2], strict=True)]
    red, green, blue = bytes.fromhex(color[1:])
    return encode_curve(number, (red, green, blue, 255), width * _side / 1000, 1500, points)
