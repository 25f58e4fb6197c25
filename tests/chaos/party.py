"""People in one room who play one game after another, whatever happens."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.request import Request, urlopen

from tests.chaos.player import Player

_tick = 0.12
_looks = 6
"""At pages that differ, half a second apart, before it counts."""
_quick_settings = {"rounds": 1, "draw_seconds": 15, "choices": 1, "hints": 2, "clients_per_address": 24}


def open_room(port: int) -> str:
    with urlopen(Request(f"http://127.0.0.1:{port}/api/lobbies", method="POST"), timeout=10) as answer:
        return str(json.load(answer)["code"])


async def until_a_game_ends(parties: "Sequence[Party]", patience: float = 120) -> None:
    """Until somebody has seen a game's end, however slow the machine is. Raises TimeoutError."""
    async with asyncio.timeout(patience):
        while not any(player.podiums for party in parties for player in party.players):
            await asyncio.sleep(0.1)


@dataclass(eq=False)
class Party:
    """`run` lets them play until it is cancelled."""

    code: str
    players: list[Player]
    words: tuple[str, ...]
    random: Random
    artist_every: int = 1
    """See `human_turns_per_artist_turn`."""
    holds_still: bool = False
    """Nobody does anything: what everybody sees is compared."""
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _lives: dict[Player, asyncio.Task[None]] = field(default_factory=dict)
    _count: int = 0

    @classmethod
    def of(cls, port: Callable[[], int], number: int, people: int, words: tuple[str, ...], random: Random, artist_every: int) -> "Party":
        code = open_room(port())
        return cls(code, [Player(f"{chr(65 + number % 26)}{person}", port, code, random) for person in range(people)], words, random, artist_every)

    async def start(self) -> None:
        first, *others = self.players
        self._live(first)
        assert await first.until(lambda: first.is_here, 20)
        for player in others:
            self._live(player)
        self._tasks.append(asyncio.create_task(self._play()))

    def _live(self, player: Player) -> None:
        self._count += 1
        self._lives[player] = asyncio.create_task(player.run())

    async def replace_one(self) -> Player:
        """One who is not the first leaves for good, and somebody else comes; return who has gone."""
        index = self.random.randrange(1, len(self.players))
        leaves = self.players[index]
        await leaves.send("leave_room")
        comes = Player(f"{leaves.name[0]}{self._count}", leaves.port, self.code, self.random)
        self.players[index] = comes
        task = self._lives.pop(leaves)
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._live(comes)
        return leaves

    async def stop(self) -> list[str]:
        """Return what should not have happened to those who play."""
        tasks = [*self._tasks, *self._lives.values()]
        for task in tasks:
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        return [f"{self.code}: {type(end).__name__}: {end}" for end in ends if not isinstance(end, asyncio.CancelledError)]

    @property
    def host(self) -> Player | None:
        return next((player for player in self.players if player.is_host), None)

    @property
    def all_here(self) -> bool:
        return all(player.is_here for player in self.players)

    @property
    def goes_on(self) -> bool:
        """Whether all are back and the clock runs."""
        return self.all_here and not any(player.paused for player in self.players)

    async def _play(self) -> None:
        while True:
            await asyncio.sleep(_tick * self.random.uniform(0.5, 1.5))
            if self.holds_still:
                continue
            host = self.host
            if host is not None and host.phase == "podium":
                await host.send("play_again")
            elif host is not None and host.phase == "lobby" and self.all_here:
                await host.send("change_settings", human_turns_per_artist_turn=self.artist_every, **_quick_settings)
                await host.send("start_game")
            drawer = next((player for player in self.players if player.is_here and player.draws), None)
            if drawer is not None and self.random.random() < 0.7:
                await drawer.draw()
            if self.random.random() < 0.3:
                await self._guess(drawer)

    async def _guess(self, drawer: Player | None) -> None:
        guesser = self.random.choice(self.players)
        if guesser.phase != "drawing" or guesser is drawer or guesser.word:
            return
        # Nobody but the drawer knows the word; now and then somebody hits on it.
        known = drawer.word if drawer is not None and self.random.random() < 0.4 else ""
        await guesser.send("say", text=known or f"no idea {self.random.randrange(100)}")

    # --- whether everybody sees the same

    async def divergences(self) -> list[str]:
        """Let all hold still; say in what somebody's page differs from what the server tells one who comes in now."""
        self.holds_still = True
        try:
            if not await self._stands_still():
                return [f"{self.code}: they do not come to rest: {[(player.name, player.is_here, player.phase) for player in self.players]}"]
            return await self._compare()
        finally:
            self.holds_still = False
            await self._go_on()

    async def _go_on(self) -> None:
        """Until the clock runs again: a pause that the next fault kept would have nobody to end it."""
        for _ in range(20):
            host = self.host
            if host is not None and host.paused:
                await host.send("pause", paused=False)
            elif host is not None:
                return
            await asyncio.sleep(0.3)

    async def _stands_still(self) -> bool:
        """All are there, and the clock stands; that may take some tries while a turn ends."""
        for _ in range(60):
            host = self.host
            if host is not None and self.all_here:
                if host.phase in ("lobby", "podium"):
                    return True
                if all(player.paused for player in self.players):
                    await asyncio.sleep(0.5)
                    if self.all_here and all(player.paused for player in self.players):
                        return True
                elif not host.paused:
                    await host.send("pause", paused=True)
            await asyncio.sleep(0.5)
        return False

    async def _compare(self) -> list[str]:
        port = self.players[0].port
        watcher = Player(f"W{self.random.randrange(1000)}", port, self.code, self.random, role="spectator")
        task = asyncio.create_task(watcher.run())
        try:
            if not await watcher.until(lambda: watcher.is_here, 15):
                return [f"{self.code}: nobody can come in"]
            await asyncio.sleep(0.5)
            for player in self.players:
                if not await player.until(lambda player=player: watcher.you in player.names, 10):
                    return [f"{self.code}: {player.name} does not hear of who comes in"]
            return await self._differences(watcher)
        finally:
            await watcher.send("leave_room")
            await asyncio.sleep(0.2)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _differences(self, watcher: Player) -> list[str]:
        """Nobody acts, so that the pages come to agree within some moments: a drawer's is put right when the hand has rested."""
        found: list[str] = []
        for _ in range(_looks):
            found = [difference for player in self.players for difference in _differences(player, watcher)]
            if not found:
                break
            await asyncio.sleep(0.5)
        return found


def _differences(player: Player, watcher: Player) -> list[str]:
    found = []
    for what in ("phase", "turn", "drawer_id", "host_id", "game_id", "paused"):
        theirs, real = getattr(player, what), getattr(watcher, what)
        if theirs != real and not (what in ("turn", "drawer_id") and player.phase in ("lobby", "podium")):
            found.append(f"{player.name}: {what} is {theirs!r}, the server's {real!r}")
    people = {each for each in watcher.scores if each != watcher.you}
    if any(player.scores.get(each) != watcher.scores[each] for each in people):
        found.append(f"{player.name}: scores are {player.scores}, the server's {watcher.scores}")
    if player.phase == "drawing":
        for number, (theirs, real) in enumerate(zip(player.canvases, watcher.canvases, strict=True)):
            if theirs.ink != real.ink:
                found.append(f"{player.name}: canvas {number} has {len(theirs.ink)} bytes, the server's {len(real.ink)}")
    return found
