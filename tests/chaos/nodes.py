"""Many rooms on three nodes behind nginx, their people spread over all of them, while nodes and Redis break.

    python -m tests.chaos.nodes [--rooms 60] [--people 4] [--seconds 8] [--seed N] [--machines]

A node is killed and its disk is gone, one is told to end, one stands still for longer than its lease, one is cut off from Redis and PostgreSQL
at once, so that it neither hears of the others nor can renew its lease, and Redis, which keeps nothing, is killed and started again. After
each, all must go on, and see what the server tells one who comes in now. With `--machines` each node is a machine of its own
(tests/chaos/hosts.py), and the one that is cut off loses its cable. The last line is JSON; the exit status is 1 if anything went wrong.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from urllib.error import HTTPError
from urllib.request import urlopen

from rich.console import Console
from rich.table import Table

from tests.chaos.balancer import balancer
from tests.chaos.hosts import Hosts, hosts
from tests.chaos.ledger import reckon
from tests.chaos.party import Party, until_a_game_ends
from tests.chaos.player import Player
from tests.chaos.proxy import Proxy
from tests.chaos.scene import nonce_words
from tests.databases import OwnPostgres, own_postgres
from tests.redis import OwnRedis, own_redis
from tests.server import Server

_moment = 2.5
_longer_than_a_lease = 5.0
_key = "the same key for all nodes of this run\n"


@dataclass
class Cluster:
    """Three servers, and how people come to them: on this machine, or each on one of its own."""

    folder: Path
    postgres: OwnPostgres
    redis: OwnRedis
    words: tuple[str, ...]
    random: Random
    servers: list[Server] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    """Of nodes whose disk is gone."""
    lines: list[Proxy] = field(default_factory=list)
    """Of the last node, to Redis and to PostgreSQL, where all are on one machine."""
    hosts: Hosts | None = None

    async def add_first(self) -> None:
        """Start three, of which the last can be cut off."""
        for _ in range(2):
            self.servers.append(await asyncio.to_thread(self.add))
        self.servers.append(await (asyncio.to_thread(self.add) if self.hosts else self.add_behind_lines()))

    async def add_behind_lines(self) -> Server:
        """Start one that can be cut off from Redis and PostgreSQL."""
        to_redis = await Proxy(self.redis.port, self.random).start()
        to_postgres = await Proxy(self.postgres.port, self.random).start()
        self.lines = [to_redis, to_postgres]
        urls = {
            "redis_url": self.redis.url.replace(f":{self.redis.port}/", f":{to_redis.port}/"),
            "database_url": self.postgres.url.replace(f":{self.postgres.port}/", f":{to_postgres.port}/"),
        }
        return await asyncio.to_thread(self.add, None, **urls)

    def add(self, in_place_of: Server | None = None, **urls: str) -> Server:
        """Start a node in a folder of its own, on a port that is free or was another's."""
        data = self.folder / f"node{self.random.getrandbits(40)}"
        data.mkdir()
        (data / "signing.key").write_text(_key)
        settings: dict[str, str | int] = {"database_url": self.postgres.url, "redis_url": self.redis.url} | urls
        within: tuple[str, ...] = ()
        if in_place_of is not None:
            settings["port"] = in_place_of.port
        if self.hosts is not None:
            host = self.hosts.add() if in_place_of is None else self.hosts.at(in_place_of.address)
            settings |= {"host": host.address, "trusted_proxies": self.hosts.address}
            within = host.within
        return Server(data, self.words, within=within, **settings).start()

    @property
    def players(self) -> list[Player]:
        return [player for party in self.parties for player in party.players]

    async def go_on(self, patience: float = 90) -> None:
        """Wait until everybody is there and every clock runs."""
        async with asyncio.timeout(patience):
            while not all(party.goes_on for party in self.parties):
                await asyncio.sleep(0.05)

    async def all_went_on(self) -> float:
        """Since when everybody is there and every clock runs; for a moment, for what has just broken is not seen at once."""
        since = time.monotonic()
        while time.monotonic() - since < _moment:
            if not all(party.goes_on for party in self.parties):
                await self.go_on()
                since = time.monotonic()
            await asyncio.sleep(0.05)
        return since

    async def until_all_is_kept(self, patience: float = 120) -> None:
        async with asyncio.timeout(patience):
            while any([await asyncio.to_thread(_waiting, server) for server in self.servers]):
                await asyncio.sleep(0.3)


def _waiting(server: Server) -> int:
    try:
        with urlopen(f"{server.url}/readyz", timeout=10) as answer:
            return int(json.load(answer)["waiting"])
    except HTTPError as error:
        return int(json.load(error)["waiting"])


# --- what breaks; each returns when all went on again


async def node_killed(cluster: Cluster) -> float:
    """And with it its disk: what it had not written yet is another's to write."""
    server = cluster.servers.pop(0)
    await asyncio.to_thread(server.stop, signal.SIGKILL)
    cluster.logs.append(server.log)
    shutil.rmtree(server.data)
    went_on = await cluster.all_went_on()
    cluster.servers.append(await asyncio.to_thread(cluster.add, server))
    return went_on


async def node_told_to_end(cluster: Cluster) -> float:
    server = cluster.servers.pop(0)
    await asyncio.to_thread(server.stop)
    went_on = await cluster.all_went_on()
    await asyncio.to_thread(server.start)
    cluster.servers.append(server)
    return went_on


async def node_stands_still(cluster: Cluster) -> float:
    server = cluster.random.choice(cluster.servers)
    os.kill(server.pid, signal.SIGSTOP)
    await asyncio.sleep(_longer_than_a_lease)
    os.kill(server.pid, signal.SIGCONT)
    return await cluster.all_went_on()


async def node_cut_off(cluster: Cluster) -> float:
    """The last one, which its players still reach: it sends them to the others, while it is alone."""
    for line in cluster.lines:
        await line.stop()
    async with asyncio.timeout(30):
        while all(party.goes_on for party in cluster.parties):
            await asyncio.sleep(0.02)
    went_on = await cluster.all_went_on()
    for line in cluster.lines:
        await line.start()
    await cluster.all_went_on()
    return went_on


async def cable_pulled(cluster: Cluster) -> float:
    """Of the last machine, for longer than its lease runs: what is sent to it, by players too, does not arrive."""
    assert cluster.hosts is not None
    host = cluster.hosts.at(cluster.servers[-1].address)
    host.unplug()
    await asyncio.sleep(_longer_than_a_lease + 3)
    host.plug_in()
    return await cluster.all_went_on()


async def redis_forgets(cluster: Cluster) -> float:
    cluster.redis.kill()
    await asyncio.sleep(2)
    await asyncio.to_thread(cluster.redis.start)
    return await cluster.all_went_on()


Fault = Callable[[Cluster], Awaitable[float]]
FAULTS: tuple[Fault, ...] = (node_killed, node_told_to_end, node_stands_still, node_cut_off, redis_forgets)
FAULTS_OF_MACHINES: tuple[Fault, ...] = (node_killed, node_told_to_end, node_stands_still, cable_pulled, redis_forgets)


@dataclass
class Outcome:
    """What came of a run."""

    rooms: int = 0
    games: int = 0
    turns: int = 0
    recoveries: dict[str, float] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    divergences: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.leaked, *self.divergences, *self.tracebacks]

    @property
    def summary(self) -> dict[str, object]:
        """For machines."""
        return {
            "rooms": self.rooms,
            "games_finished": self.games,
            "results_lost": len(self.lost),
            "results_doubled": len(self.doubled),
            "words_leaked": len(self.leaked),
            "divergences": len(self.divergences),
            "recovery_s": {name: round(seconds, 1) for name, seconds in self.recoveries.items()},
        }


async def run(
    folder: Path,
    postgres: OwnPostgres,
    redis: OwnRedis,
    seed: int,
    rooms: int,
    people: int,
    seconds: float,
    faults: Sequence[Fault] = FAULTS,
    hosts: Hosts | None = None,
) -> Outcome:
    """Let them play for so many seconds before, between and after the faults."""
    random = Random(seed)
    cluster, outcome = Cluster(folder, postgres, redis, nonce_words(400, random), random, hosts=hosts), Outcome(rooms)
    with ExitStack() as stack:
        await cluster.add_first()
        stack.callback(lambda: [server.stop() for server in cluster.servers])
        port = stack.enter_context(balancer(folder / "nginx", [f"{server.address}:{server.port}" for server in cluster.servers]))
        people_come = await Proxy(port, random, spread=True).start()
        for number in range(rooms):
            cluster.parties.append(await asyncio.to_thread(Party.of, lambda: people_come.port, number, people, cluster.words, random, 0))
        await asyncio.gather(*(party.start() for party in cluster.parties))
        try:
            await cluster.go_on()
            for fault in faults:
                await asyncio.sleep(seconds)
                await _break(cluster, fault, outcome)
            await asyncio.sleep(seconds)
            await until_a_game_ends(cluster.parties)
            for party in cluster.parties:
                party.holds_still = True
            await cluster.until_all_is_kept()
            found = await reckon(postgres.url, cluster.players)
            outcome.games, outcome.turns, outcome.lost, outcome.doubled = found.games, found.turns, found.lost, found.doubled
            outcome.leaked = [leak for player in cluster.players for leak in player.leaks]
        finally:
            outcome.divergences += [wrong for party in cluster.parties for wrong in await party.stop()]
            await people_come.stop()
            await asyncio.gather(*(asyncio.to_thread(server.stop) for server in cluster.servers))  # beside this loop, which carries their lines
            for line in cluster.lines:
                await line.stop()
            logs = [*cluster.logs, *(server.log for server in cluster.servers)]
            outcome.tracebacks = [log[log.index("Traceback") :][:3000] for log in logs if "Traceback" in log]
    return outcome


async def _break(cluster: Cluster, fault: Fault, outcome: Outcome) -> None:
    name = fault.__name__.replace("_", " ")
    began = time.monotonic()
    try:
        mended = await fault(cluster)
        outcome.recoveries[name] = mended - began
    except TimeoutError:
        away = [f"{party.code}: {[(player.name, player.is_here, player.phase, player.paused) for player in party.players]}"
                for party in cluster.parties if not party.goes_on]  # fmt: skip
        outcome.divergences.append(f"after {name} these did not go on: {away[:5]}")
    for found in await asyncio.gather(*(party.divergences() for party in cluster.parties)):
        outcome.divergences += [f"after {name}: {each}" for each in found]


def main() -> None:
    """Break and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.nodes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=60)
    parser.add_argument("--people", type=int, default=4, help="in each room")
    parser.add_argument("--seconds", type=float, default=8, help="of play between two faults")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10_000))
    parser.add_argument("--machines", action="store_true", help="each node in a network namespace of its own; for root")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        machines = stack.enter_context(hosts()) if given.machines else None
        address, faults = (machines.address, FAULTS_OF_MACHINES) if machines else ("127.0.0.1", FAULTS)
        postgres, redis = stack.enter_context(own_postgres(address)), stack.enter_context(own_redis(address))
        outcome = asyncio.run(run(folder, postgres, redis, given.seed, given.rooms, given.people, given.seconds, faults, machines))
    console = Console()
    table = Table("what broke", "seconds until all went on")
    for name, seconds in outcome.recoveries.items():
        table.add_row(name, f"{seconds:.1f}")
    console.print(table)
    for wrong in outcome.wrong[:40]:
        console.print(wrong, markup=False)
    console.print(f"seed {given.seed}: {outcome.games} games, {outcome.turns} turns.")
    print(json.dumps(outcome.summary))
    sys.exit(bool(outcome.wrong))


if __name__ == "__main__":
    main()
