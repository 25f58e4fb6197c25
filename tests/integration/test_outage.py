"""A database that dies in the middle of games: nothing is lost, and nothing is there twice."""

import asyncio
import signal
from collections import Counter

import asyncpg
import pytest

from tests.databases import own_postgres
from tests.integration.playing import Played, play
from tests.integration.web import ask
from tests.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

ROOMS = 4
ROUNDS = 4


@pytest.fixture
def postgres():
    with own_postgres() as server:
        yield server


async def test_a_database_killed_and_back_after_30_seconds_has_every_turn_once(postgres, serve):
    server = serve(database_url=postgres.url)
    games = [asyncio.create_task(play(server, ROUNDS)) for _ in range(ROOMS)]
    await until_turns(postgres.url, ROOMS)
    await asyncio.to_thread(postgres.kill)
    await asyncio.sleep(30)
    assert not any(game.done() for game in games)  # it was in the middle of them
    assert (await asyncio.to_thread(ask, server, "/api/leaderboard")).status == 503
    await asyncio.to_thread(postgres.start)
    played = await asyncio.gather(*games)
    await all_there_once(postgres.url, played)
    assert (await asyncio.to_thread(ask, server, "/api/leaderboard")).status == 200


async def test_games_played_without_the_database_by_a_server_that_is_killed_too_are_there_once_after_both_are_back(postgres, serve):
    server = serve(database_url=postgres.url)
    before = await play(server)
    await until_turns(postgres.url, 2)
    await asyncio.to_thread(postgres.kill)
    without = await asyncio.gather(*(play(server) for _ in range(ROOMS)))
    server.stop(signal.SIGKILL)
    again = Server(server.data, database_url=postgres.url)
    await asyncio.to_thread(again.start)  # still without: it starts all the same
    try:
        later = await play(again)
        await asyncio.to_thread(postgres.start)
        await all_there_once(postgres.url, [before, *without, later])
    finally:
        again.stop()


async def until_turns(url: str, count: int) -> None:
    async with asyncio.timeout(60):
        while len(await rows(url, "SELECT id FROM turns")) < count:
            await asyncio.sleep(0.2)


async def all_there_once(url: str, games: list[Played]) -> None:
    """All that the players saw is in the database, once."""
    async with asyncio.timeout(60):
        while len(await rows(url, "SELECT id FROM games WHERE ended IS NOT NULL")) < len(games):
            await asyncio.sleep(0.2)
    turns = [(game.game_id, number, word, key) for game in games for number, (word, key) in enumerate(zip(game.words, game.keys, strict=True), 1)]
    assert Counter(await rows(url, "SELECT game_id, number, word, key FROM turns")) == Counter(turns)
    assert len(await rows(url, "SELECT turn_id FROM drawings")) == len(turns)
    found = await rows(url, "SELECT key FROM guesses JOIN turns ON turns.id = turn_id WHERE guesses.seconds IS NOT NULL")
    assert Counter(found) == Counter((key,) for *_, key in turns)
    scores = Counter((game.game_id, nickname, score) for game in games for nickname, score in game.scores.items())
    assert Counter(await rows(url, "SELECT game_id, nickname, score FROM scores JOIN players ON players.id = player_id")) == scores
    # What is added up shows what was counted twice.
    earned = Counter((nickname, score, 1) for game in games for nickname, score in game.scores.items())
    standings = "SELECT nickname, score, games FROM standings JOIN players ON players.id = player_id WHERE period = 'all' AND mode = ''"
    assert Counter(await rows(url, standings)) == earned
    assert await rows(url, "SELECT SUM(asked), SUM(found) FROM day_tallies") == [(len(turns), len(turns))]


async def rows(url: str, query: str) -> list[tuple]:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()
