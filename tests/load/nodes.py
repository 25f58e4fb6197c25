"""What it costs that players are at other nodes than their rooms: the same rooms of eight on one server alone, on one node, and on two.

    python -m tests.load.nodes [--rooms 100] [--seconds 8] [--repeat 3]

All servers share one core with a Redis and a PostgreSQL of their own, this program has the other. `alone` is a server without Redis, with
half of the rooms; `one node` the same with it; `two at home` two nodes, each with half of the rooms and all of their players, so that
each has as much to do as the one; `two spread` two nodes, where every other player of each room is at the node that the room is not on.
The processor time is of the servers alone; Redis's is told beside it.
The median of several rounds counts. The last line is JSON.
"""

import argparse
import json
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from tests.databases import OwnPostgres, own_postgres
from tests.load.cores import GENERATOR_CORE, SERVER_CORE, settle_on
from tests.load.game_rooms import GameRoom, leave_game_rooms, new_player, open_room, start_games
from tests.load.rooms import PEOPLE, let_in, next_address
from tests.load.servers import GAME, ServerUnderTest, cpu_seconds_of
from tests.load.trial import Result, play
from tests.redis import OwnRedis, own_redis

_keys: Final = "the same key for all nodes of this measurement\n"


@dataclass
class Group:
    """Servers that are one."""

    name: str
    servers: list[ServerUnderTest]
    spread: bool = False
    results: list[Result] = field(default_factory=list)
    redis_us: list[float] = field(default_factory=list)

    def cpu_seconds(self) -> float:
        return sum(server.cpu_seconds() for server in self.servers)


@contextmanager
def groups(folder: Path, postgres: OwnPostgres, redis: OwnRedis) -> Iterator[list[Group]]:
    """All servers, started and with nothing to do."""

    def server(name: str, **settings: str) -> ServerUnderTest:
        data = folder / name
        data.mkdir(parents=True)
        (data / "signing.key").write_text(_keys)
        return ServerUnderTest(GAME, data, environment={f"GUESSTROKE_{key.upper()}": value for key, value in settings.items()})

    shared = {"database_url": postgres.url, "redis_url": redis.url}
    alone, first, second = server("alone", database_url=postgres.url), server("first", **shared), server("second", **shared)
    try:
        for each in (alone, first, second):
            each.start()
        for each in (alone, first, second):
            each.wait_for_helpers()
        yield [
            Group("alone", [alone]),
            Group("one node", [first]),
            Group("two at home", [first, second]),
            Group("two spread", [first, second], spread=True),
        ]
    finally:
        for each in (alone, first, second):
            each.stop()


def seated(group: Group, number: int) -> GameRoom:
    """A room at one of the nodes."""
    home = group.servers[number % len(group.servers)]
    addresses = [next_address() for _ in range(PEOPLE)]
    code = open_room(home, addresses[0])

    def node_of(member: int) -> ServerUnderTest:
        return group.servers[(number + member) % len(group.servers)] if group.spread else home

    return GameRoom([new_player(node_of(member), code, address, f"Player {member + 1}") for member, address in enumerate(addresses)])


def tried(group: Group, rooms: int, seconds: float, redis_pid: int) -> None:
    """One trial."""
    opened = [seated(group, number) for number in range(rooms * len(group.servers) // 2)]
    try:
        let_in([room.members[0] for room in opened])
        let_in([member for room in opened for member in room.members[1:]])
        start_games(opened)
        before = cpu_seconds_of(redis_pid)
        result = play(group, opened, seconds)  # type: ignore[arg-type]  # it has the name and the processor time
        group.results.append(result)
        group.redis_us.append((cpu_seconds_of(redis_pid) - before) / max(1.0, result.delivered_per_s * seconds) * 1e6)
    finally:
        leave_game_rooms(opened)


def median(group: Group, name: str) -> float:
    return statistics.median(getattr(result, name) for result in group.results)


def table_of(all_groups: Sequence[Group], alone: Group) -> Table:
    table = Table("servers", "µs a delivery", "to alone", "p50 ms", "p99 ms", "delivered", "Redis's µs")
    for group in all_groups:
        us = median(group, "us_per_delivery")
        ratio = statistics.median(a.us_per_delivery / b.us_per_delivery for a, b in zip(group.results, alone.results, strict=True))
        table.add_row(
            group.name,
            f"{us:.2f}",
            f"{ratio:.2f}",
            f"{median(group, 'p50_ms'):.1f}",
            f"{median(group, 'p99_ms'):.1f}",
            f"{median(group, 'delivered'):.1%}",
            f"{statistics.median(group.redis_us):.2f}",
        )
    return table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.nodes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=int, default=100, help="of eight people each")
    parser.add_argument("--seconds", type=float, default=8, help="how long a trial is")
    parser.add_argument("--repeat", type=int, default=3, help="rounds, in each of which all are tried one after another")
    given = parser.parse_args()
    settle_on(SERVER_CORE)  # for Redis and PostgreSQL
    with tempfile.TemporaryDirectory() as folder, own_postgres() as postgres, own_redis() as redis:
        settle_on(GENERATOR_CORE)
        with groups(Path(folder), postgres, redis) as those:
            for _ in range(given.repeat):
                for group in those:
                    tried(group, given.rooms, given.seconds, redis.pid)
                    result = group.results[-1]
                    Console(stderr=True).print(
                        f"{group.name:12} p50 {result.p50_ms:6.1f} p99 {result.p99_ms:6.1f} ms  {result.us_per_delivery:5.2f} µs  "
                        f"server {result.server_share:4.0%}  others {result.others_share:4.0%}  {result.delivered:6.1%} came",
                        markup=False,
                    )
            alone, one, home, spread = those
            Console().print(table_of(those, alone))
            figures = {
                "rooms": given.rooms,
                "added_p50_ms": round(median(spread, "p50_ms") - median(alone, "p50_ms"), 1),
                "added_p99_ms": round(median(spread, "p99_ms") - median(alone, "p99_ms"), 1),
                "us_per_delivery": {group.name: round(median(group, "us_per_delivery"), 2) for group in those},
                "spread_to_alone": round(median(spread, "us_per_delivery") / median(alone, "us_per_delivery"), 2),
                "two_to_one": round(median(home, "us_per_delivery") / median(one, "us_per_delivery"), 2),
            }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
