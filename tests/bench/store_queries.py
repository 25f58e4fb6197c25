"""How long the gallery, leaderboards and personal pages take when much is kept, on SQLite and on PostgreSQL.

    python -m tests.bench.store_queries [--drawings 200000] [--scores 1000000] [--asked 300] [--only sqlite|postgresql] [--keep DATABASE.db]

Fills a database with games of the last year, some players far busier than others, and asks as the pages do, each question many times
with other players, words and pages. PostgreSQL is this machine's at 127.0.0.1:5432, in a database of the benchmark's own, which is
dropped afterwards. The last line is one JSON object: for each database and question milliseconds at the median, 95th and 99th percentile.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from game.store import drawings, games, players, scores
from game.store import statistics as store_statistics
from game.store.models import TurnRow
from game.store.session import Sessions, connect, migrate
from tests.bench.much import Much, fill
from tests.databases import empty_postgres, sqlite_url

Question = Callable[[], Awaitable[object]]


def questions(sessions: Sessions, much: Much, keys: list[str]) -> dict[str, Question]:
    """What pages ask, with chance in it. `keys` of drawings in the gallery."""
    random = Random(7)

    def gallery(after: Callable[[], str] = lambda: "", **wanted: object) -> Question:
        def ask() -> Awaitable[object]:
            chosen = {name: value() if callable(value) else value for name, value in wanted.items()}
            return drawings.in_gallery(sessions, drawings.Wanted(**chosen), random.choice(much.players), 24, after())

        return ask

    language, mode = (lambda: random.choice(much.languages)), (lambda: random.choice(much.modes))
    word, anywhere = (lambda: random.choice(much.words)), (lambda: random.choice(keys))
    return {
        "gallery, first page": gallery(),
        "gallery, a page anywhere": gallery(anywhere),
        "gallery, one language": gallery(language=language),
        "gallery, one language and mode": gallery(language=language, mode=mode),
        "gallery, one word": gallery(word=word),
        "gallery, one word by AI": gallery(word=word, drawer="ai"),
        "gallery, by AI": gallery(drawer="ai"),
        "gallery, rarest language, by AI, liked": gallery(language=much.languages[-1], drawer="ai", liked=True),
        "gallery, liked, a page anywhere": gallery(anywhere, liked=True),
        "gallery, best-liked": gallery(sort="liked"),
        "gallery, best-liked, a page anywhere": gallery(anywhere, sort="liked"),
        "gallery, best-liked of a language by AI": gallery(sort="liked", language=language, drawer="ai"),
        "gallery, one room's": gallery(room=lambda: random.choice(much.rooms)),
        "leaderboard, all time": lambda: scores.leaderboard(sessions, 100, "all"),
        "leaderboard, any period and mode": lambda: scores.leaderboard(
            sessions, 100, random.choice(["day", "week", "all"]), random.choice(["", *much.modes])
        ),
        "personal page": lambda: players.personal_page(sessions, random.choice(much.players)),
        "personal page, one of the 20 busiest": lambda: players.personal_page(sessions, random.choice(much.players[:20])),
        "my drawings": lambda: drawings.of_player(sessions, random.choice(much.players), 24),
        "a drawing": lambda: drawings.told(sessions, random.choice(keys), random.choice(much.players)),
        "a game": lambda: games.game_of(sessions, random.choice(much.games), random.choice(much.players)),
        "statistics, days": lambda: store_statistics.days(sessions, "", "", 90),
        "statistics, words": lambda: store_statistics.words(sessions, language(), "", "", 100),
    }


async def measure(engine: AsyncEngine, sessions: Sessions, much: Much, asked: int, label: str) -> dict[str, list[float]]:
    """Milliseconds of each question, sorted. The questions take turns, so that none has the caches for itself."""
    async with engine.connect() as connection:
        some = select(TurnRow.key).where(TurnRow.id.in_(Random(3).sample(range(1, much.drawings + 1), min(2000, much.drawings))))
        keys = list((await connection.execute(some)).scalars())
    asking = questions(sessions, much, keys)
    times: dict[str, list[float]] = {name: [] for name in asking}
    with Progress(transient=True) as progress:
        for number in progress.track(range(asked + 3), description=f"{label}: asking"):
            for name, question in asking.items():
                began = time.perf_counter()
                await question()
                if number >= 3:  # the first ones compile statements and open connections
                    times[name].append(1000 * (time.perf_counter() - began))
    return {name: sorted(measured) for name, measured in times.items()}


async def run(label: str, url: str, asked: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Fill one database and ask; print and return the percentiles."""
    engine, sessions = connect(url)
    try:
        began = time.perf_counter()
        much = await fill(engine, asked.drawings, asked.scores, label)
        seconds = time.perf_counter() - began
        if engine.dialect.name == "postgresql":  # what its autovacuum does within minutes
            async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                await connection.execute(text("VACUUM ANALYZE"))
        times = await measure(engine, sessions, much, asked.asked, label)
        busiest = await players.personal_page(sessions, much.players[0])
    finally:
        await engine.dispose()
    table = Table("milliseconds", "median", "p95", "p99", "most", title=f"{label}: {asked.drawings:,} drawings, {asked.scores:,} scores")
    found = {}
    for name, measured in times.items():
        cuts = statistics.quantiles(measured, n=100, method="inclusive")
        found[name] = {"median": round(cuts[49], 2), "p95": round(cuts[94], 2), "p99": round(cuts[98], 2)}
        table.add_row(name, *(f"{value:.1f}" for value in (*found[name].values(), measured[-1])))
    assert busiest is not None
    Console().print(table, f"Filled in {seconds:.0f} s. {len(much.players):,} players; the busiest played {busiest.games:,} games.")
    return found


@contextmanager
def databases(only: str | None, keep: Path | None) -> Iterator[dict[str, str]]:
    """Their URLs, migrated."""
    with tempfile.TemporaryDirectory() as folder, empty_postgres("bench") as postgres:
        urls = {"sqlite": sqlite_url(keep or Path(folder) / "bench.db"), "postgresql": postgres}
        chosen = {name: url for name, url in urls.items() if only in (None, name)}
        for url in chosen.values():
            migrate(url)
        yield chosen


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drawings", type=int, default=200_000)
    parser.add_argument("--scores", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=300, help="how often each question is asked")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], default=None)
    parser.add_argument("--keep", type=Path, default=None, help="where to keep the SQLite database")
    asked = parser.parse_args()
    with databases(asked.only, asked.keep) as urls:
        found = {label: asyncio.run(run(label, url, asked)) for label, url in urls.items()}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
