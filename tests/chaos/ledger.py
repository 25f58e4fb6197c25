"""What people have seen, held against what the database has."""

from dataclasses import dataclass

import asyncpg

from tests.chaos.player import Player


@dataclass
class Reckoning:
    """`lost`: results that somebody saw and that are not there, or are otherwise there. `doubled`: what was counted more than once."""

    games: int
    turns: int
    lost: list[str]
    doubled: list[str]


async def reckon(url: str, players: list[Player]) -> Reckoning:
    """Compare; the outbox must be empty. Turns may still end meanwhile: all is looked at as it was in one moment."""
    podiums = {game: podium for player in players for game, podium in player.podiums.items()}
    turns = {turn: word for player in players for turn, word in player.turns.items() if turn[0] in podiums}
    lost = [f"{player.name} saw another end of {game}" for player in players for game, podium in player.podiums.items() if podium != podiums[game]]
    database = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        async with database.transaction(isolation="repeatable_read", readonly=True):
            there = {(row["game_id"], row["number"]): row["word"] for row in await database.fetch("SELECT game_id, number, word FROM turns")}
            scores: dict[str, dict[str, int]] = {}
            for row in await database.fetch("SELECT game_id, player_id, score FROM scores"):
                scores.setdefault(row["game_id"], {})[row["player_id"]] = row["score"]
            doubled = await _doubled(database, scores)
    finally:
        await database.close()
    lost += [f"turn {number} of {game}: saw {word!r}, kept {there.get((game, number))!r}" for (game, number), word in turns.items()
             if there.get((game, number)) != word]  # fmt: skip
    lost += [f"the end of {game}: saw {podium}, kept {scores.get(game)}" for game, podium in podiums.items() if scores.get(game) != podium]
    return Reckoning(len(podiums), len(turns), lost, doubled)


async def _doubled(database: asyncpg.Connection, scores: dict[str, dict[str, int]]) -> list[str]:
    """Rows have keys, and cannot be there twice; what is added up from them can."""
    found = []
    for row in await database.fetch("SELECT player_id, score, games FROM standings WHERE period = 'all' AND mode = ''"):
        theirs = [podium[row["player_id"]] for podium in scores.values() if row["player_id"] in podium]
        if (row["score"], row["games"]) != (sum(theirs), len(theirs)):
            found.append(f"{row['player_id']} has {row['score']} points of {row['games']} games, but {theirs} were kept")
    told = await database.fetchrow("SELECT COALESCE(SUM(asked), 0)::int AS asked, COALESCE(SUM(found), 0)::int AS found FROM day_tallies")
    kept = await database.fetchrow("SELECT COUNT(*)::int AS asked, COUNT(seconds)::int AS found FROM guesses")
    if tuple(told) != tuple(kept):
        found.append(f"{tuple(told)} guesses were counted, {tuple(kept)} kept")
    return found
