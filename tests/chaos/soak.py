"""Many rooms for a long time: people come and go, networks and artists fail, and the server must be at the end as it was at the beginning.

    python -m tests.chaos.soak [--minutes 30] [--rooms 60] [--people 4] [--seed N]

The server is never restarted. Its memory (resident set), open files and tasks are read every few seconds. Growth is from the first tenth after the
warm-up, a third of the time, to the last tenth; files are counted beside the connections, which come and go. The last line is JSON;
the exit status is 1 if anything went wrong or the memory grew by 5 % or more.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from statistics import mean
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from tests.chaos import faults
from tests.chaos.run import Outcome, compare, settle
from tests.chaos.scene import Scene
from tests.databases import own_postgres

_gentle = (
    *(faults.connections_dropped,) * 4,
    faults.frames_delayed,
    faults.frames_cut,
    faults.duplicate_reconnect,
    faults.one_who_never_reads,
    faults.one_byte_a_second,
    faults.worker_killed,
    faults.database_drops,
    faults.clock_jumps,
)
_sample_every = 3.0
_warm_up = 1 / 3
_tenth = 0.1
LARGEST_GROWTH = 0.05


@dataclass(frozen=True)
class Sample:
    """The server at one moment."""

    at: float
    kib: int
    files: int
    tasks: int
    players: int

    @property
    def spare_files(self) -> int:
        """Open files that are no player's connection."""
        return self.files - self.players


@dataclass
class Soaked:
    """What came of it."""

    outcome: Outcome
    samples: list[Sample] = field(default_factory=list)
    newcomers: int = 0
    rooms: int = 0
    """Opened in all."""

    def _means(self, what: Callable[[Sample], float]) -> tuple[float, float]:
        """After the warm-up and at the end."""
        ends = self.samples[-1].at
        early = [what(each) for each in self.samples if _warm_up * ends <= each.at <= (_warm_up + _tenth) * ends]
        late = [what(each) for each in self.samples if each.at >= (1 - _tenth) * ends]
        return mean(early), mean(late)

    @property
    def growth(self) -> float:
        """Of the memory, as a part of what it was."""
        early, late = self._means(lambda each: each.kib)
        return late / early - 1

    @property
    def summary(self) -> dict[str, Any]:
        files, tasks = self._means(lambda each: each.spare_files), self._means(lambda each: each.tasks)
        return self.outcome.summary | {
            "memory_mib": [round(each.kib / 1024) for each in (self.samples[0], self.samples[-1])],
            "memory_growth": round(self.growth, 4),
            "files_grown_by": round(files[1] - files[0], 1),
            "tasks_grown_by": round(tasks[1] - tasks[0], 1),
            "unhandled_exceptions": len(self.outcome.tracebacks),
        }


async def soak(folder: Path, seconds: float, seed: int, tell: Callable[[float, str], None], rooms: int = 60, people: int = 4) -> Soaked:
    """Play for so long; `tell` hears of the time that has passed and of what is going on."""
    random = Random(seed)
    soaked = Soaked(Outcome(), rooms=rooms)
    with own_postgres() as postgres:
        scene = await Scene.open(folder, postgres, random, rooms, people)
        began = time.monotonic()
        watching = asyncio.create_task(_watch(scene, began, soaked.samples))
        try:
            while (passed := time.monotonic() - began) < seconds:
                fault = random.choice(_gentle)
                name = fault.__name__.replace("_", " ")
                tell(passed, name)
                await asyncio.gather(fault(scene), _come_and_go(scene, soaked))
                soaked.outcome.kinds[name] += 1
            await compare(scene, soaked.outcome)
            await settle(scene, soaked.outcome)
        finally:
            watching.cancel()
            soaked.outcome.tracebacks = scene.tracebacks
            soaked.outcome.reconnects = sum(player.entries - 1 for player in scene.everybody)
            soaked.outcome.divergences += await scene.close()
    return soaked


async def _watch(scene: Scene, began: float, samples: list[Sample]) -> None:
    process = Path(f"/proc/{scene.server.pid}")
    while True:
        said = await scene.readiness()
        pages = int((process / "statm").read_text().split()[1])
        kib = pages * os.sysconf("SC_PAGE_SIZE") // 1024
        files = len(os.listdir(process / "fd"))
        samples.append(Sample(time.monotonic() - began, kib, files, int(str(said["tasks"])), int(str(said["players"]))))
        await asyncio.sleep(_sample_every)


async def _come_and_go(scene: Scene, soaked: Soaked) -> None:
    """Somebody leaves a party for good and another comes; now and then a whole party goes, and another begins elsewhere."""
    party = scene.random.choice(scene.parties)
    if scene.random.random() < 0.2:
        number = scene.parties.index(party)
        for player in party.players:
            await player.send("leave_room")
        scene.gone += party.players
        soaked.outcome.divergences += await party.stop()
        scene.parties[number] = await scene.new_party(number, len(party.players))
        await scene.parties[number].start()
        soaked.rooms += 1
    else:
        scene.gone.append(await party.replace_one())
        soaked.newcomers += 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.soak", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--rooms", type=int, default=60)
    parser.add_argument("--people", type=int, default=4, help="in each room")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10_000))
    given = parser.parse_args()
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with tempfile.TemporaryDirectory() as folder, Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("people come in", total=60 * given.minutes)

        def tell(passed: float, what: str) -> None:
            bar.update(task, description=what, completed=passed)

        soaked = asyncio.run(soak(Path(folder), 60 * given.minutes, given.seed, tell, given.rooms, given.people))
    console = Console(soft_wrap=True)
    console.print(
        f"Seed {given.seed}: {soaked.rooms} rooms in all, {soaked.newcomers} people who came for others, {soaked.outcome.reconnects} reconnections, "
        f"{soaked.outcome.games} games of {soaked.outcome.turns} turns."
    )
    for wrong in soaked.outcome.wrong:
        console.print(f"WRONG: {wrong}", markup=False, highlight=False)
    print(json.dumps(soaked.summary))
    sys.exit(1 if soaked.outcome.wrong or soaked.growth >= LARGEST_GROWTH else 0)


if __name__ == "__main__":
    main()
