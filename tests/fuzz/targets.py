"""What takes bytes from outside. Each target says whether it took an input; whatever else than its documented error it raises is a bug."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

import msgspec
from itsdangerous import URLSafeSerializer

from game.drawing.archive import FORMAT, ArchiveError, pack, unpack
from game.drawing.pace import usual_times
from game.gateway.identity import Identities
from game.protocol.client_messages import AnyClientMessage, Hello
from game.protocol.codec import MessageError, decode_client, encode_server
from game.protocol.ink import InkError, InkFrame, decode_frame, encode_frame, merge_points
from game.protocol.server_messages import ServerMessage
from game.rules.avatar import AvatarError, check_avatar
from game.rules.canvas import Canvas
from game.rules.commands import Act, Ink, Join
from game.rules.custom_words import WordError, read_custom_words
from game.rules.effects import ChatLine, Event, GameBegan, ReportRecord
from game.rules.game import Game
from game.rules.players import NicknameError, clean_nickname
from game.rules.state import SnapshotError
from game.store.entries import EntryError, ForgetPlayer, decode, encode
from tests.unit.game.rules.table import CLEAR, CURVE, FILL, UNDO, URL, Table, begin, end, points, stroke

MESSAGES: Final = tuple(
    text.encode()
    for text in (
        '{"type":"hello","protocol":4,"nickname":"Ada","avatar":"a0011","role":"player","password":"p","epoch":"e","seen":3}',
        '{"type":"change_settings","rounds":3,"draw_seconds":80,"language":"en","game_mode":"duel","password":"x","is_public":true}',
        '{"type":"change_settings","choices":1,"hints":5,"ai_guessers":2,"artist_style":"neon","human_turns_per_artist_turn":0}',
        '{"type":"set_words","text":"house, boat\\ncastle;tree","more":false}',
        '{"type":"ready","ready":true}',
        '{"type":"start_game"}',
        '{"type":"choose_word","index":1}',
        '{"type":"say","text":"a house, perhaps"}',
        '{"type":"say","text":"umbrella"}',
        '{"type":"react","reaction":2}',
        '{"type":"rate","rating":-1}',
        '{"type":"judge","hand":"machine"}',
        '{"type":"become","role":"spectator"}',
        '{"type":"set_avatar","avatar":"a0011 b2233"}',
        '{"type":"pause","paused":true}',
        '{"type":"vote","kind":"kick","player_id":"ben"}',
        '{"type":"kick","player_id":"cleo","ban":true}',
        '{"type":"report","player_id":"ada","reason":"\\u00fc\\ud83d\\ude00"}',
        '{"type":"play_again"}',
        '{"type":"leave_room"}',
    )
)
INK: Final = tuple(
    encode_frame(turn, records, canvas)
    for turn, records, canvas in (
        (1, begin(1) + points(1) + end(1), 0),
        (1, begin(1), 0),
        (1, points(1), 0),
        (1, points(1) + end(1), 0),
        (2, FILL + UNDO + CLEAR, 0),
        (2, b"\x07" + stroke(7), 0),
        (65535, CURVE + CURVE, 1),
        (1, b"".join(stroke(number) for number in range(1, 20)), 0),
    )
)
_faces: Final = (b"", b"a0011", b"a001122 b3344 c5566", b"j" + b"-_" * 40)
_word_lists: Final = (b"house, boat\ncastle;tree", "Ärger\rÖl, ß; 李".encode())
_names: Final = tuple(name.encode() for name in ("Ada", "Zoë Ω", "李雷", "x" * 20, "😀 face", "n̈n̈"))


_inks: Final = (begin(1) + points(1) + end(1) + FILL + UNDO, CURVE + CURVE)
_bodies: Final = [zlib.decompress(pack(ink, usual_times(ink))) for ink in _inks]
_key, _player = "the server's key", "6f1c8a52-0f6e-4d8f-9d2e-0b6f5a1f3c77"


def _signed(content: object) -> str:
    return str(URLSafeSerializer(_key, salt="guesstroke.player").dumps(content))


_token: Final = _signed(_player)


@dataclass(frozen=True)
class Target:
    """`take` returns whether the input was accepted; it catches what is documented, and nothing else."""

    name: str
    seeds: Sequence[bytes]
    take: Callable[[bytes], bool]


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _refused_by(error: type[Exception], action: Callable[[bytes], object]) -> Callable[[bytes], bool]:
    def take(data: bytes) -> bool:
        try:
            action(data)
        except error:
            return False
        return True

    return take


class _Sheet:
    """Ink that is decoded goes on a canvas, alone or merged with what came before."""

    def __init__(self) -> None:
        self._canvas = Canvas()
        self._last: InkFrame | None = None

    def take(self, data: bytes) -> None:
        frame = decode_frame(data)
        assert decode_frame(encode_frame(frame.turn, data[4:], frame.canvas)).data == data
        merged = merge_points(self._last, frame) if self._last is not None else None
        self._last = frame
        before = self._canvas.ink
        try:
            self._canvas.apply(merged or frame)
        except InkError:
            assert self._canvas.ink == before, "what is refused changes nothing"
            raise
        if len(self._canvas.operations) > 200:
            self._canvas = Canvas()


class _Room:
    """What is decoded is said in a room where a game is on, by one after another; nothing but outcomes may come of it."""

    def __init__(self, random: Random) -> None:
        self._random, self._people = random, ("ada", "ben", "cleo")
        self._begin()

    def _begin(self) -> None:
        mode = self._random.choice(("party", "versus", "together", "duel", "imitation", "finish"))
        self._table, self._said = Table(*self._people, game_mode=mode, seed=self._random.randrange(1000)), 0
        if self._random.random() < 0.8:
            self._table.begin()

    def say(self, data: bytes) -> None:
        self._handle(lambda person: self._command(person, decode_client(data)))

    def draw(self, data: bytes) -> None:
        self._handle(lambda person: Ink(person, decode_frame(data)))

    def _command(self, person: str, message: AnyClientMessage) -> Act | Join:
        return Join(person, message.nickname, message.avatar, message.role, message.password) if isinstance(message, Hello) else Act(person, message)

    def _handle(self, command: Callable[[str], Act | Join | Ink]) -> None:
        said = command(self._random.choice(self._people))
        table = self._table
        table.now += self._random.choice((0.0, 0.1, 3.0))
        for outcome in table.game.handle(said, table.now):
            if isinstance(outcome, Event) and not isinstance(outcome.message, InkFrame):
                message: ServerMessage = outcome.message
                encode_server(message, 1)
        self._said += 1
        if self._said % 20 == 0:
            Game.thaw(table.game.freeze(), URL, table.vocabulary)
        if self._said > 150 or not table.game.seats.people:
            self._begin()


def targets(random: Random) -> list[Target]:
    """All of them, each in a state of its own."""
    room = _Room(random)
    entries = (
        encode(GameBegan("g", "attic", 3, "en", "normal", "speed", True, "ada", "Ada")),
        encode(ReportRecord("attic", "g", 1, "ada", "Ada", "ben", "Ben", "rude", b"ink", (ChatLine("ben", "Ben", "hm"),))),
        encode(ForgetPlayer("ada")),
    )
    games = [Table("ada", "ben").game, Table("ada", "ben", "cleo").begin().game, Table("ada", "ben", game_mode="duel").begin().game]
    snapshots = [game.freeze() for game in games]
    older = msgspec.msgpack.decode(snapshots[0])
    snapshots.append(msgspec.msgpack.encode(older | {"format": 4}))
    vocabulary, identities = Table().vocabulary, Identities(_key, "an older key")
    return [
        Target("messages", MESSAGES, _refused_by(MessageError, decode_client)),
        Target("ink", INK, _refused_by(InkError, _Sheet().take)),
        Target("what is said in a room", MESSAGES, _refused_by(MessageError, room.say)),
        Target("what is drawn in a room", INK, _refused_by(InkError, room.draw)),
        Target("entries of the journal", entries, _refused_by(EntryError, decode)),
        Target("snapshots", snapshots, _refused_by(SnapshotError, lambda data: Game.thaw(data, URL, vocabulary))),
        # Noise would never get past the checksum of what is compressed: what is bent lies within.
        Target("drawings that are kept", _bodies, _refused_by(ArchiveError, lambda data: unpack(FORMAT, zlib.compress(data, 1)))),
        Target("cookies", [_token.encode()], lambda data: identities.recognise(_text(data)) is not None),
        Target("who is in a cookie", [_player.encode()], lambda data: identities.recognise(_signed(_text(data))) is not None),
        Target("custom words", _word_lists, _refused_by(WordError, lambda data: read_custom_words(_text(data)))),
        Target("nicknames", _names, _refused_by(NicknameError, lambda data: clean_nickname(_text(data)))),
        Target("faces", _faces, _refused_by(AvatarError, lambda data: check_avatar(_text(data)))),
    ]
