"""One player's page without a browser: comes back by itself, and knows what a page shows."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from game.protocol.ink import VERSION_BYTES, InkFrame, decode_frame, encode_frame
from game.protocol.limits import PROTOCOL_VERSION
from game.rules.canvas import Canvas

_patience = 8.0
_silence = 30.0
_told_word = frozenset({"secret_word", "turn_ended", "chat"})
"""Messages that may hold a word: the first two say it on purpose, and people may say any."""


_course = ("lobby", "choosing", "drawing", "result", "podium")


@dataclass(frozen=True)
class Memory:
    """How far a game was when somebody last saw it."""

    game_id: str
    turn: int
    phase: int
    scores: dict[str, int]

    def is_later_than(self, now: "Memory") -> bool:
        """Whether what is seen now has fallen behind; of another game nothing can be said."""
        if self.game_id != now.game_id or not self.game_id:
            return False
        over, was_over = now.phase == len(_course) - 1, self.phase == len(_course) - 1
        if over or was_over:
            return was_over and not over and now.phase > 0
        if (now.turn, now.phase) != (self.turn, self.phase):
            return (now.turn, now.phase) < (self.turn, self.phase)
        return any(now.scores.get(each, score) < score for each, score in self.scores.items())


@dataclass(eq=False)
class Player:
    """`run` plays until it is cancelled. What is public is what the page shows."""

    name: str
    port: Callable[[], int]
    code: str
    random: Random
    role: str = "player"
    cookie: str | None = None
    you: str = ""
    phase: str = ""
    host_id: str = ""
    game_id: str = ""
    turn: int = 0
    drawer_id: str = ""
    paused: bool = False
    word: str = ""
    scores: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    canvases: list[Canvas] = field(default_factory=lambda: [Canvas(), Canvas()])
    seen: int = 0
    epoch: str = ""
    entries: int = 0
    """How often this player has come in."""
    leaks: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    podiums: dict[str, dict[str, int]] = field(default_factory=dict)
    """By game, who had how many points at its end."""
    turns: dict[tuple[str, int], str] = field(default_factory=dict)
    """The words of the turns whose end was seen, by game and number."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: ClientConnection | None = None
    _heard: list[bytes] = field(default_factory=list)
    """What came while the word was not for this player."""
    _strokes: int = 0

    @property
    def is_here(self) -> bool:
        return self._socket is not None and bool(self.phase)

    @property
    def is_host(self) -> bool:
        return self.is_here and self.host_id == self.you

    @property
    def draws(self) -> bool:
        return self.phase == "drawing" and self.drawer_id == self.you and not self.paused

    async def run(self) -> None:
        while True:
            with contextlib.suppress(OSError, ConnectionClosed, InvalidHandshake, InvalidMessage, TimeoutError, EOFError):
                await self._be_there()
            self._socket = None
            self.changed.set()
            # Some are back at once, some have to find the network again.
            await asyncio.sleep(self.random.uniform(0.1, 0.6) if self.random.random() < 0.7 else self.random.uniform(1, 4))

    async def _be_there(self) -> None:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        address = f"ws://127.0.0.1:{self.port()}/ws/{self.code}"
        async with connect(address, additional_headers=headers, compression=None, open_timeout=_patience, close_timeout=1) as socket:
            given = socket.response.headers.get("Set-Cookie") if socket.response else None
            self.cookie = given.split(";")[0] if given else self.cookie
            hello = {"nickname": self.name, "role": self.role, "epoch": self.epoch, "seen": self.seen}
            await socket.send(json.dumps({"type": "hello", "protocol": PROTOCOL_VERSION, **hello}))
            async for frame in socket:
                if isinstance(frame, str):
                    self._receive(frame)
                    if self._socket is None and json.loads(frame)["type"] in ("welcome", "resumed"):
                        self._socket = socket
                        self.entries += 1
                else:
                    self._receive_ink(frame)
                self.changed.set()

    async def send(self, kind: str, **fields: Any) -> None:
        if self._socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.send(json.dumps({"type": kind, **fields}))

    async def draw(self) -> None:
        """A whole stroke, as a person's."""
        self._strokes += 1
        number = self._strokes % 60_000 + 1
        frame = decode_frame(encode_frame(self.turn, stroke(number, self.random)))
        if self._socket is not None:
            try:
                await self._socket.send(frame.data)
                self.canvases[0].apply(frame)
            except ConnectionClosed:
                pass

    async def until(self, condition: Callable[[], bool], patience: float) -> bool:
        """Whether that came true in time."""
        try:
            async with asyncio.timeout(patience):
                while not condition():
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            return False
        return True

    @property
    def memory(self) -> "Memory":
        return Memory(self.game_id, self.turn, _course.index(self.phase) if self.phase else -1, dict(self.scores))

    # --- what the page shows

    def _receive(self, text: str) -> None:
        message = json.loads(text)
        kind = message["type"]
        self.seen = message.get("version", self.seen)
        if kind not in _told_word and self._may_not_know():
            self._heard.append(text.encode())
        shown = getattr(self, f"_on_{kind}", None)
        if shown is not None:
            shown(message)

    def _may_not_know(self) -> bool:
        return not self.word and self.phase == "drawing" and self.drawer_id != self.you

    def _receive_ink(self, data: bytes) -> None:
        self.seen = int.from_bytes(data[:VERSION_BYTES], "little")
        frame: InkFrame = decode_frame(data[VERSION_BYTES:], is_whole_canvas=True)
        if frame.turn == self.turn:
            self.canvases[frame.canvas].apply(frame)

    def _clean(self) -> None:
        self.canvases = [Canvas(), Canvas()]

    def _new_turn(self, message: dict[str, Any], phase: str) -> None:
        self.phase, self.turn, self.drawer_id, self.word = phase, message["turn"], message["drawer_id"], ""
        self._heard.clear()
        self._clean()

    def _on_welcome(self, message: dict[str, Any]) -> None:
        turn = message["turn"] or {}
        if (turn.get("turn", 0), message["game_id"]) != (self.turn, self.game_id):
            self._heard.clear()
        self.you, self.epoch, self.phase, self.host_id = message["you"], message["epoch"], message["phase"], message["host_id"]
        self.game_id, self.paused = message["game_id"], message["paused"]
        self.turn, self.drawer_id = turn.get("turn", 0), turn.get("drawer_id", "")
        self.word = message["word"] or ""
        self.scores = {each["id"]: each["score"] for each in message["players"]}
        self.names = {each["id"]: each["nickname"] for each in message["players"]}
        self._clean()
        if self.phase == "podium":
            self._note_podium(message)

    def _on_resumed(self, message: dict[str, Any]) -> None:
        self.paused, self.host_id = message["paused"], message["host_id"]

    def _on_player_joined(self, message: dict[str, Any]) -> None:
        player = message["player"]
        self.scores[player["id"]], self.names[player["id"]] = player["score"], player["nickname"]

    def _on_player_left(self, message: dict[str, Any]) -> None:
        self.scores.pop(message["player_id"], None)

    def _on_host_changed(self, message: dict[str, Any]) -> None:
        self.host_id = message["player_id"]

    def _on_game_started(self, message: dict[str, Any]) -> None:
        self.game_id = message["game_id"]
        self.scores = {each["id"]: each["score"] for each in message["players"]}

    def _on_turn_choosing(self, message: dict[str, Any]) -> None:
        self._new_turn(message, "choosing")

    def _on_turn_started(self, message: dict[str, Any]) -> None:
        self._new_turn(message, "drawing")

    def _on_secret_word(self, message: dict[str, Any]) -> None:
        self.word = message["word"]

    def _on_guessed(self, message: dict[str, Any]) -> None:
        self.scores[message["player_id"]] += message["gained"]

    def _on_canvas_reset(self, message: dict[str, Any]) -> None:
        self._clean()

    def _on_paused(self, message: dict[str, Any]) -> None:
        self.paused = True

    def _on_goes_on(self, message: dict[str, Any]) -> None:
        self.paused = False

    def _on_notice(self, message: dict[str, Any]) -> None:
        self.notices.append(message["kind"])

    def _on_turn_ended(self, message: dict[str, Any]) -> None:
        word = message["word"]
        if word:
            self.turns[self.game_id, message["turn"]] = word
            self.leaks += [f"{word} in {heard!r}" for heard in self._heard if word.encode() in heard]
        self._heard.clear()
        self.phase = "result"
        self.scores |= {line["player_id"]: line["total"] for line in message["scores"]}

    def _on_game_ended(self, message: dict[str, Any]) -> None:
        self.phase, self.turn = "podium", 0
        self._clean()
        self._note_podium(message)

    def _note_podium(self, message: dict[str, Any]) -> None:
        self.podiums[self.game_id] = {line["player_id"]: line["score"] for line in message["podium"]}

    def _on_back_to_lobby(self, message: dict[str, Any]) -> None:
        self.phase, self.turn = "lobby", 0
        self.scores = {each["id"]: each["score"] for each in message["players"]}


def stroke(number: int, random: Random) -> bytes:
    """BEGIN, POINTS, END of a person's stroke somewhere on the canvas."""
    places = b"".join(random.randrange(3200).to_bytes(2, "little") + random.randrange(2400).to_bytes(2, "little") for _ in range(9))
    name = number.to_bytes(2, "little")
    return b"\x01" + name + b"\xc8\x00\x00\xff\x10\x00" + places[:4] + b"\x02" + name + b"\x08" + places[4:] + b"\x03" + name
