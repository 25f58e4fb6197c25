"""Games for the store's tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from game.protocol.ink import encode_curve
from game.protocol.views import PodiumLine
from game.rules.effects import GameBegan, GameRecord, Guesser, GuessRecord, TurnRecord
from game.rules.turn import drawing_key
from game.store.entries import Entry
from game.store.results import write
from game.store.session import Sessions

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
INK = encode_curve(1, (200, 0, 0, 255), 8, 300, [(100, 100), (200, 100), (200, 200), (100, 200)])


def began(game: str = "g1", room: str = "room", **given: Any) -> GameBegan:
    usual = {"rounds": 3, "language": "en", "mode": "normal", "scoring": "speed", "in_gallery": True, "host_id": "ada", "host_nickname": "Ada"}
    return GameBegan(game_id=game, code=room, **{**usual, **given})


def guess(player: str, seconds: float, *, is_ai: bool = False) -> GuessRecord:
    return GuessRecord(player, player.capitalize(), is_ai, round(seconds * 1000), 100)


def turn(number: int = 1, game: str = "g1", *, drawer: str = "ada", is_ai: bool = False, missed: tuple[str, ...] = (), **given: Any) -> TurnRecord:
    usual = {
        "key": drawing_key(game, number), "round": 1, "word": "house", "is_own_word": False, "reason": "time_up", "seconds": 80.0, "ink": INK,
        "times": (1200,), "drawer_points": 120, "likes": 2, "dislikes": 1, "guesses": (guess("ben", 9.5),),
    }  # fmt: skip
    misses = tuple(Guesser(player, player.capitalize(), False) for player in missed)
    return TurnRecord(
        game_id=game, number=number, drawer_id=drawer, drawer_nickname=drawer.capitalize(), drawer_is_ai=is_ai, missed=misses, **{**usual, **given}
    )  # fmt: skip


def ended(game: str = "g1", **scores: int) -> GameRecord:
    ranked = sorted((scores or {"ben": 240, "ada": 120}).items(), key=lambda line: -line[1])
    places = enumerate(ranked, start=1)
    return GameRecord(game, tuple(PodiumLine(player, player.capitalize(), score, rank, False, 0, "") for rank, (player, score) in places))


async def put(sessions: Sessions, *entries: Entry, at: datetime = NOON) -> None:
    """Write entries, a minute apart."""
    for minutes, entry in enumerate(entries):
        async with sessions.begin() as session:
            await write(session, entry, at + timedelta(minutes=minutes))
