"""Fills a database with very many games, as if played in the last year."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any, Final

import numpy as np
from rich.progress import Progress
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from game.drawing import FORMAT, pack
from game.rules.turn import drawing_key
from game.store.models import Base, DrawingRow, GameRow, GuessRow, PlayerRow, ScoreRow, TurnRow
from game.store.tallies import day_of, week_of
from tests.unit.game.drawing.hand import as_sent

_at_once: Final = 5_000
_year: Final = timedelta(days=365)
_turns_a_game: Final = 8
_guessers: Final = 4
_ai: Final = "ai-artist"
_a_scribbles_strokes: Final = 12


@dataclass
class Much:
    """What there is, to ask for."""

    drawings: int
    players: list[str]
    """The busiest first."""
    games: list[str]
    """Those with drawings."""
    rooms: list[str]
    words: list[str]
    languages: list[str]
    """The commonest first."""
    modes: list[str]


async def fill(engine: AsyncEngine, drawings: int, scores: int, label: str) -> Much:
    """Insert that many drawings, each of a turn with guesses, and that many score rows; all that is added up from them too."""
    random = Random(1)
    games_with_drawings = -(-drawings // _turns_a_game)
    games = max(games_with_drawings, scores // _guessers)
    much = Much(
        drawings=drawings,
        players=[f"player-{number:06}" for number in range(max(10, games // 12))],
        games=[f"game{number:028}" for number in range(games - games_with_drawings, games)],
        rooms=[f"room{number:06}" for number in range(max(1, games // 4))],
        words=[f"word {number}" for number in range(2500)],
        languages=["en", "de", "es", "fr", "pt", "it"],
        modes=["normal", "teams", "relay"],
    )
    made = _Maker(random, much, games, games_with_drawings, scores)
    total = scores + drawings * (2 + _guessers) + games + len(much.players)
    with Progress(transient=True) as progress:
        task = progress.add_task(f"{label}: filling", total=total)
        for row, rows in made.all():
            for some in _batches(rows):
                async with engine.begin() as connection:
                    await connection.execute(insert(row), some)
                progress.advance(task, len(some))
                await asyncio.sleep(0)
    async with engine.begin() as connection:
        for statement in _sums():
            await connection.execute(text(statement))
    return much


class _Maker:
    def __init__(self, random: Random, much: Much, games: int, with_drawings: int, scores: int) -> None:
        self._random, self._much, self._games, self._scores = random, much, games, scores
        self._first_with_drawings = games - with_drawings
        self._now = datetime.now(UTC)
        weights = 1 / np.arange(1, len(much.players) + 1) ** 0.8
        self._chance = np.random.default_rng(1)
        self._shares = np.cumsum(weights / weights.sum())
        self._packed = _scribbles(random)
        self._people = [self._some_people() for _ in range(games)]
        self._modes = random.choices(much.modes, (8, 1, 1), k=games)
        self._languages = random.choices(much.languages, (60, 12, 10, 8, 6, 4), k=games)

    def all(self) -> Iterator[tuple[type[Base], Iterable[dict[str, Any]]]]:
        yield PlayerRow, self._players()
        yield GameRow, map(self._game, range(self._games))
        yield ScoreRow, self._all_scores()
        yield TurnRow, map(self._turn, range(self._much.drawings))
        yield GuessRow, self._guesses()
        yield DrawingRow, self._drawings()

    def _some_people(self) -> list[str]:
        found = dict.fromkeys(np.searchsorted(self._shares, self._chance.random(2 * _guessers)))
        return [self._much.players[min(at, len(self._much.players) - 1)] for at in islice(found, _guessers)]

    def _started(self, game: int) -> datetime:
        return self._now - _year * (self._games - game) / self._games

    def _players(self) -> Iterator[dict[str, Any]]:
        yield {"id": _ai, "nickname": "Artist", "is_ai": True, "first_seen": self._now - _year}
        for number, player in enumerate(self._much.players):
            yield {"id": player, "nickname": f"Player {number}", "is_ai": False, "first_seen": self._now - _year}

    def _game(self, game: int) -> dict[str, Any]:
        started = self._started(game)
        return {
            "id": f"game{game:028}", "room": self._random.choice(self._much.rooms), "rounds": 2, "language": self._languages[game],
            "mode": self._modes[game], "scoring": "speed", "in_gallery": self._random.random() < 0.5, "host_id": self._people[game][0],
            "started": started, "ended": started + timedelta(minutes=10),
        }  # fmt: skip

    def _all_scores(self) -> Iterator[dict[str, Any]]:
        def rows() -> Iterator[dict[str, Any]]:
            for game in range(self._games):
                for rank, player in enumerate(self._people[game], start=1):
                    yield {"game_id": f"game{game:028}", "player_id": player, "score": self._random.randrange(200, 4000), "rank": rank}

        return islice(rows(), self._scores)

    def _place(self, drawing: int) -> tuple[int, int]:
        """Its game and turn."""
        game, turn = divmod(drawing, _turns_a_game)
        return self._first_with_drawings + game, turn

    def _turn(self, drawing: int) -> dict[str, Any]:
        game, turn = self._place(drawing)
        people = self._people[game]
        likes, dislikes = self._random.randrange(4), self._random.randrange(3)
        word = self._much.words[int(len(self._much.words) * self._random.random() ** 2)]
        game_id = f"game{game:028}"
        return {
            "id": drawing + 1, "key": drawing_key(game_id, turn + 1), "game_id": game_id, "number": turn + 1, "round": 1 + turn // 4, "word": word,
            "drawer_id": _ai if turn % 3 == 2 else people[turn % len(people)], "reason": "time", "seconds": 80.0, "drawer_points": 100,
            "likes": likes, "dislikes": dislikes, "rating": likes - dislikes, "ended": self._started(game) + timedelta(minutes=1 + turn),
        }  # fmt: skip

    def _guesses(self) -> Iterator[dict[str, Any]]:
        for drawing in range(self._much.drawings):
            game, turn = self._place(drawing)
            people = self._people[game]
            drawer = None if turn % 3 == 2 else people[turn % len(people)]
            for player in (*(person for person in people if person != drawer), _ai):
                found = self._random.random() < 0.7
                yield {
                    "turn_id": drawing + 1, "player_id": player, "seconds": self._random.uniform(2, 79) if found else None, "points": 100 * found
                }  # fmt: skip

    def _drawings(self) -> Iterator[dict[str, Any]]:
        for drawing in range(self._much.drawings):
            yield {"turn_id": drawing + 1, "format": FORMAT, "data": self._random.choice(self._packed)}


def _scribbles(random: Random) -> list[bytes]:
    """Packed drawings of the usual size."""
    found = []
    for seed in range(40):
        walks = [np.cumsum([[random.gauss(0, 0.06), random.gauss(0, 0.06)] for _ in range(14)], axis=0) for _ in range(_a_scribbles_strokes)]
        strokes = [np.clip(np.add(walk, (random.uniform(0.2, 0.8), random.uniform(0.2, 0.8))), 0.1, 0.9) for walk in walks]
        found.append(pack(*as_sent(strokes, seed)))
    return found


def _sums() -> Iterator[str]:
    """What the writer adds up as games end."""
    for period, since in (
        ("all", timedelta(days=3650)),
        (week_of(datetime.now(UTC)), timedelta(days=7)),
        (day_of(datetime.now(UTC)), timedelta(days=1)),
    ):
        moment = (datetime.now(UTC) - since).replace(tzinfo=None).isoformat(" ", "seconds")
        for mode in ("games.mode", "''"):
            yield (
                "INSERT INTO standings (period, mode, player_id, score, games, wins) "
                f"SELECT '{period}', {mode}, player_id, SUM(score), COUNT(*), SUM(CASE WHEN rank = 1 THEN 1 ELSE 0 END) "
                f"FROM scores JOIN games ON games.id = game_id WHERE started > '{moment}' GROUP BY 2, 3"
            )
    tally = (
        "COUNT(*), COUNT(guesses.seconds), CAST(COALESCE(SUM(guesses.seconds), 0) * 1000 AS BIGINT) FROM guesses "
        "JOIN turns ON turns.id = turn_id JOIN games ON games.id = game_id "
        "JOIN players guesser ON guesser.id = guesses.player_id JOIN players drawer ON drawer.id = turns.drawer_id GROUP BY 1, 2, 3, 4, 5"
    )
    columns = "language, mode, drawer_is_ai, guesser_is_ai, asked, found, milliseconds"
    whose = "language, mode, drawer.is_ai, guesser.is_ai"
    yield f"INSERT INTO word_tallies (word, {columns}) SELECT turns.word, {whose}, {tally}"
    yield f"INSERT INTO day_tallies (day, {columns}) SELECT DATE(turns.ended), {whose}, {tally}"


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    every = iter(rows)
    while some := list(islice(every, _at_once)):
        yield some
