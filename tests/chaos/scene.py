"""All that there is to break: a server with its database and its artists, bad networks, and people who play."""

import asyncio
import json
import re
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.error import HTTPError
from urllib.request import urlopen

import asyncpg

from tests.chaos.party import Party
from tests.chaos.player import Player
from tests.chaos.proxy import Proxy
from tests.clock import Clock
from tests.databases import OwnPostgres
from tests.server import Server

_unlimited = resource.RLIM_INFINITY


def nonce_words(count: int, random: Random) -> tuple[str, ...]:
    """Words that nothing else on the wire can contain by chance."""
    sounds = ("bla", "dre", "fli", "glo", "kru", "pra", "sne", "tri", "vlo", "zwu")
    words: set[str] = set()
    while len(words) < count:
        words.add("".join(random.choice(sounds) for _ in range(4)))
    return tuple(sorted(words))


@dataclass(eq=False)
class Scene:
    """Made by `open`; `people` is the proxy between players and server, `database` the one between server and PostgreSQL."""

    folder: Path
    postgres: OwnPostgres
    random: Random
    server: Server
    people: Proxy
    database: Proxy
    words: tuple[str, ...]
    clock: Clock
    parties: list[Party] = field(default_factory=list)
    gone: list[Player] = field(default_factory=list)
    """Who has left for good."""
    fallen_behind: list[str] = field(default_factory=list)
    """Games that were further when the server ended."""
    recoveries: list[float] = field(default_factory=list)
    """Seconds from the end of each server to all being back and every clock running."""

    @classmethod
    async def open(cls, folder: Path, postgres: OwnPostgres, random: Random, rooms: int, people: int) -> "Scene":
        database = await Proxy(postgres.port, random).start()
        words = nonce_words(400, random)
        url = postgres.url.replace(f":{postgres.port}/", f":{database.port}/")
        server = Server(folder / "server", words, database_url=url)
        clock = Clock(folder / "clock")
        server.environment |= clock.environment
        await asyncio.to_thread(server.start)
        scene = cls(folder, postgres, random, server, await Proxy(server.port, random, spread=True).start(), database, words, clock)
        scene.parties += [await scene.new_party(number, people) for number in range(rooms)]
        await asyncio.gather(*(party.start() for party in scene.parties))
        return scene

    async def close(self) -> list[str]:
        """Return what should not have happened to those who play."""
        wrong = [each for party in self.parties for each in await party.stop()]
        await self.people.stop()
        await asyncio.to_thread(self.server.stop)
        await self.database.stop()
        return wrong

    async def new_party(self, number: int, people: int) -> Party:
        """In a room of its own; it has still to be started."""
        return await asyncio.to_thread(Party.of, lambda: self.people.port, number, people, self.words, self.random, number % 3)

    @property
    def players(self) -> list[Player]:
        return [player for party in self.parties for player in party.players]

    @property
    def everybody(self) -> list[Player]:
        """Those who have left, too."""
        return self.players + self.gone

    @property
    def workers(self) -> list[int]:
        """The artists' processes."""
        found = []
        for task in Path(f"/proc/{self.server.pid}/task").iterdir():
            with suppress(OSError):
                found += [int(pid) for pid in (task / "children").read_text().split()]
        return found

    async def restart(self, how: signal.Signals) -> None:
        """End the server and start it again; wait until everybody plays on."""
        began = asyncio.get_running_loop().time()
        await asyncio.to_thread(self.server.stop, how)
        await asyncio.sleep(self.random.uniform(0.3, 2))
        seen = [(player, player.memory) for player in self.players]
        await asyncio.to_thread(self.server.start)
        await self.recovered()
        self.fallen_behind += [
            f"{player.name} had seen {memory}, and sees {player.memory}" for player, memory in seen if memory.is_later_than(player.memory)
        ]
        self.recoveries.append(asyncio.get_running_loop().time() - began)

    async def recovered(self, patience: float = 60) -> None:
        async with asyncio.timeout(patience):
            while not all(party.goes_on for party in self.parties):
                await asyncio.sleep(0.1)

    def limit_files(self, size: int = _unlimited) -> None:
        """As a full disk: no file of the server's grows beyond so many bytes."""
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (size, _unlimited))

    async def on_database(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.postgres.url.replace("+asyncpg", ""))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def readiness(self) -> dict[str, object]:
        def ask() -> dict[str, object]:
            try:
                with urlopen(f"{self.server.url}/readyz", timeout=10) as answer:
                    found = json.load(answer)
            except HTTPError as error:
                found = json.load(error)
            assert isinstance(found, dict)
            return found

        return await asyncio.to_thread(ask)

    async def until_ready(self, *, ready: bool, patience: float = 30) -> None:
        async with asyncio.timeout(patience):
            while (await self.readiness())["ready"] != ready:
                await asyncio.sleep(0.2)

    async def until_all_is_kept(self, patience: float = 90) -> None:
        """Until the database has all that was handed in."""
        said = await self.readiness()
        deadline = asyncio.get_running_loop().time() + patience
        while said["waiting"]:
            assert asyncio.get_running_loop().time() < deadline, f"the outbox does not get empty: {said}\n{self.server.log[-3000:]}"
            await asyncio.sleep(0.3)
            said = await self.readiness()

    @property
    def tracebacks(self) -> list[str]:
        return re.findall(r"^Traceback[^\n]*(?:\n[ \t][^\n]*)*\n[^\n]*", self.server.log, re.MULTILINE)
