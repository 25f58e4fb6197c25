"""One run: people play while everything breaks, one thing after another; what they see is compared now and then, and at the end with the database."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos.faults import OF_PAGES, schedule
from tests.chaos.ledger import reckon
from tests.chaos.party import until_a_game_ends
from tests.chaos.scene import Scene
from tests.databases import own_postgres

_compare_after = 6
"""Faults, and after each that may cost a page something of what it shows: a turn later nobody would see it any more."""


@dataclass
class Outcome:
    """What came of a run; each list says what went wrong."""

    kinds: Counter[str] = field(default_factory=Counter)
    games: int = 0
    turns: int = 0
    comparisons: int = 0
    reconnects: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    divergences: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    has_clock: bool = True
    """Whether the server's wall clock could be made to jump."""

    @property
    def faults(self) -> int:
        return self.kinds.total()

    @property
    def summary(self) -> dict[str, object]:
        """For machines."""
        return {
            "faults": self.faults,
            "games_finished": self.games,
            "results_lost": len(self.lost),
            "results_doubled": len(self.doubled),
            "words_leaked": len(self.leaked),
            "divergences": len(self.divergences),
            "worst_recovery_s": round(max(self.recoveries, default=0.0), 1),
        }

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.leaked, *self.divergences, *self.tracebacks]


async def run(folder: Path, faults: int, seconds: float, seed: int, tell: Callable[[str, int], None], rooms: int = 6, people: int = 4) -> Outcome:
    """Inject so many faults, for so many seconds at most; `tell` hears of each, and of how many there were."""
    random, outcome = Random(seed), Outcome()
    ends = time.monotonic() + seconds
    with own_postgres() as postgres:
        scene = await Scene.open(folder, postgres, random, rooms, people)
        try:
            await scene.recovered()
            outcome.has_clock = scene.clock.is_there
            for fault in schedule(scene, faults):
                if time.monotonic() > ends:
                    break
                name = fault.__name__.replace("_", " ")
                tell(name, outcome.faults)
                try:
                    await fault(scene)
                except TimeoutError:
                    outcome.divergences.append(f"after {name}: things did not become well in time")
                outcome.kinds[name] += 1
                await asyncio.sleep(random.uniform(0.1, 0.5))
                if fault in OF_PAGES or outcome.faults % _compare_after == 0:
                    await compare(scene, outcome)
            await compare(scene, outcome)
            tell("the last games end", outcome.faults)
            await settle(scene, outcome)
        finally:
            outcome.tracebacks = scene.tracebacks
            outcome.recoveries = scene.recoveries
            outcome.divergences += scene.fallen_behind
            outcome.reconnects = sum(player.entries - 1 for player in scene.everybody)
            outcome.divergences += await scene.close()
    return outcome


async def compare(scene: Scene, outcome: Outcome) -> None:
    """Let all hold still, and hold what they see against what the server says."""
    for found in await asyncio.gather(*(party.divergences() for party in scene.parties)):
        outcome.divergences += found
        outcome.comparisons += 1


async def settle(scene: Scene, outcome: Outcome) -> None:
    """Wait until all is kept, and hold what was seen against what is there."""
    await until_a_game_ends(scene.parties)
    for party in scene.parties:
        party.holds_still = True
    await scene.until_all_is_kept()
    found = await reckon(scene.postgres.url, scene.everybody)
    outcome.games, outcome.turns, outcome.lost, outcome.doubled = found.games, found.turns, found.lost, found.doubled
    outcome.leaked = [leak for player in scene.everybody for leak in player.leaks]
