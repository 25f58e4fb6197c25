"""The tables."""

from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Index, LargeBinary, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def _now() -> datetime:
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A time in UTC, also from SQLite, which keeps no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What values of it are."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without a zone it is that already."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


class Base(DeclarativeBase):
    """All tables of the store."""


class PlayerRow(Base):
    """Somebody who has played, or an AI player."""

    __tablename__ = "players"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    nickname: Mapped[str] = mapped_column(String(32))
    is_ai: Mapped[bool]
    first_seen: Mapped[datetime] = mapped_column(Moment(), default=_now)


class GameRow(Base):
    """A game, from its start; `ended` is empty for one that was never finished."""

    __tablename__ = "games"
    __table_args__ = (
        Index("ix_games_gallery", "in_gallery", "started", "id"),
        Index("ix_games_gallery_language", "in_gallery", "language", "started", "id"),
        Index("ix_games_room", "room", "started", "id"),
    )
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    room: Mapped[str] = mapped_column(String(16))
    rounds: Mapped[int]
    language: Mapped[str] = mapped_column(String(8), default="en")
    mode: Mapped[str] = mapped_column(String(16), default="normal")
    """How words are shown."""
    game_mode: Mapped[str] = mapped_column(String(16), default="party")
    scoring: Mapped[str] = mapped_column(String(16), default="speed")
    in_gallery: Mapped[bool] = mapped_column(default=False)
    """Whether everybody may see its drawings; else only who knows the room's link, the game's or a drawing's."""
    host_id: Mapped[str | None] = mapped_column(ForeignKey("players.id"), index=True)
    """Who was the host at its start; empty once they had all about them deleted."""
    started: Mapped[datetime] = mapped_column(Moment(), default=_now)
    ended: Mapped[datetime | None] = mapped_column(Moment())


class TurnRow(Base):
    """A turn in which something was drawn."""

    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("game_id", "number"),
        Index("ix_turns_drawer_id", "drawer_id", "id"),
        Index("ix_turns_drawer_id_rating", "drawer_id", "rating", "id"),
        Index("ix_turns_rating", "rating", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True)
    """The name under which its drawing can be seen; nobody guesses it."""
    game_id: Mapped[str] = mapped_column(ForeignKey("games.id"))
    number: Mapped[int]
    round: Mapped[int]
    word: Mapped[str] = mapped_column(String(80), index=True)
    """Of a combination both, with ` + ` between."""
    drawer_id: Mapped[str | None] = mapped_column(ForeignKey("players.id"))
    """Empty once they had all about them deleted."""
    reason: Mapped[str] = mapped_column(String(32))
    seconds: Mapped[float]
    drawer_points: Mapped[int]
    likes: Mapped[int] = mapped_column(default=0)
    dislikes: Mapped[int] = mapped_column(default=0)
    rating: Mapped[int] = mapped_column(default=0)
    """Likes less dislikes: the order of the best-liked needs an index."""
    for_person: Mapped[int] = mapped_column(default=0)
    """In duels and imitations: how many took it for a person's drawing that gave the word away, or for a person's hand."""
    for_machine: Mapped[int] = mapped_column(default=0)
    ended: Mapped[datetime] = mapped_column(Moment(), default=_now, index=True)


class GuessRow(Base):
    """One who could have found a turn's word; `seconds` is empty for one who did not."""

    __tablename__ = "guesses"
    __table_args__ = (Index("ix_guesses_player_id", "player_id", "seconds"),)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id"), primary_key=True)
    seconds: Mapped[float | None]
    points: Mapped[int]


class DrawingRow(Base):
    """A turn's drawing as vector strokes with the times at which they came (docs/drawing.md)."""

    __tablename__ = "drawings"
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    format: Mapped[int]
    """How `data` is to be read; see game/drawing/archive.py."""
    data: Mapped[bytes] = mapped_column(LargeBinary)


class ScoreRow(Base):
    """What a player had at a game's end."""

    __tablename__ = "scores"
    game_id: Mapped[str] = mapped_column(ForeignKey("games.id"), primary_key=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id"), primary_key=True, index=True)
    score: Mapped[int]
    rank: Mapped[int]


class StandingRow(Base):
    """What a player earned in a period: the leaderboards, added up as games end, for nobody waits until a million scores are summed."""

    __tablename__ = "standings"
    __table_args__ = (Index("ix_standings_best", "period", "mode", "score", "player_id"),)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    """`all`, a day (2026-11-25) or an ISO week (2026-W48), in UTC."""
    mode: Mapped[str] = mapped_column(String(16), primary_key=True)
    """A game's mode; empty: all together."""
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id"), primary_key=True, index=True)
    score: Mapped[int] = mapped_column(BigInteger)
    games: Mapped[int]
    wins: Mapped[int]


class WordTallyRow(Base):
    """How often a word of the packs was found, by people or AI, in drawings of people or AI; added up as turns end."""

    __tablename__ = "word_tallies"
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    mode: Mapped[str] = mapped_column(String(16), primary_key=True)
    word: Mapped[str] = mapped_column(String(80), primary_key=True)
    drawer_is_ai: Mapped[bool] = mapped_column(primary_key=True)
    guesser_is_ai: Mapped[bool] = mapped_column(primary_key=True)
    asked: Mapped[int]
    """How many could have found it."""
    found: Mapped[int]
    milliseconds: Mapped[int] = mapped_column(BigInteger)
    """Of all who found it together."""


class DayTallyRow(Base):
    """The same of all words, own ones too, day by day in UTC."""

    __tablename__ = "day_tallies"
    day: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    mode: Mapped[str] = mapped_column(String(16), primary_key=True)
    drawer_is_ai: Mapped[bool] = mapped_column(primary_key=True)
    guesser_is_ai: Mapped[bool] = mapped_column(primary_key=True)
    asked: Mapped[int]
    found: Mapped[int]
    milliseconds: Mapped[int] = mapped_column(BigInteger)


class HandTallyRow(Base):
    """People against the machine in duels and imitations, for ever; added up as turns end."""

    __tablename__ = "hand_tallies"
    game_mode: Mapped[str] = mapped_column(String(16), primary_key=True)
    drawer_is_ai: Mapped[bool] = mapped_column(primary_key=True)
    turns: Mapped[int]
    for_person: Mapped[int]
    for_machine: Mapped[int]
    person_won: Mapped[int]
    """Turns in which more said person than machine."""
    machine_won: Mapped[int]


class KeptDrawingRow(Base):
    """A drawing of the artist that is the same for everybody."""

    __tablename__ = "kept_drawings"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """See game/store/kept_drawings.py."""
    made: Mapped[datetime] = mapped_column(Moment(), default=_now)


class ReportRow(Base):
    """A player's complaint about another, for the server's owner."""

    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    made: Mapped[datetime] = mapped_column(Moment(), default=_now, index=True)
    room: Mapped[str] = mapped_column(String(16))
    game_id: Mapped[str] = mapped_column(String(32))
    """Empty in a lobby where no game was played yet."""
    turn: Mapped[int]
    reporter_id: Mapped[str] = mapped_column(ForeignKey("players.id"), index=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id"), index=True)
    nickname: Mapped[str] = mapped_column(String(32))
    """The reported player's, at that time."""
    reason: Mapped[str] = mapped_column(String(200))
    ink: Mapped[bytes] = mapped_column(LargeBinary)
    """The drawing in hand, if it was the reported player's: records as they travel (docs/protocol.md)."""


class ReportLineRow(Base):
    """One of the last lines of chat before a report."""

    __tablename__ = "report_lines"
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    player_id: Mapped[str | None] = mapped_column(String(36), index=True)
    """Who said it, whether or not they are kept as a player; empty in reports from before there was this table."""
    nickname: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)


class BanRow(Base):
    """Somebody whom the server's owner lets into no room; nothing about them but the id is kept once they had all deleted."""

    __tablename__ = "bans"
    player_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    nickname: Mapped[str] = mapped_column(String(32))
    """At that time; empty if it is not known."""
    reason: Mapped[str] = mapped_column(String(200))
    """The owner's own note."""
    made: Mapped[datetime] = mapped_column(Moment(), default=_now)


class TransferRow(Base):
    """A code with which somebody takes their identity to another device, once and soon; of the code only a digest is kept."""

    __tablename__ = "transfers"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    player_id: Mapped[str] = mapped_column(String(36), index=True)
    expires: Mapped[datetime] = mapped_column(Moment(), index=True)


class JournalRow(Base):
    """How far a server's journal has been written here, in the same transactions as what it says: so each entry counts once."""

    __tablename__ = "journals"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    applied: Mapped[int]
    """How many of its entries."""


OF_THE_MOMENT: Final = {"info": {"of_the_moment": True}}
"""Marks tables of what goes on just now: exports leave them out."""


class NodeRow(Base):
    """A server of several that share this database, and until when it certainly lives."""

    __tablename__ = "nodes"
    __table_args__ = OF_THE_MOMENT
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    keys: Mapped[str] = mapped_column(String(64))
    """The same where players' identities are signed with the same keys."""
    draining: Mapped[bool]
    """It takes no more rooms: it is about to end."""
    expires: Mapped[datetime] = mapped_column(Moment())


class OpenRoomRow(Base):
    """A room that is open on one of several servers."""

    __tablename__ = "open_rooms"
    __table_args__ = OF_THE_MOMENT
    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    owner: Mapped[str] = mapped_column(String(16), index=True)
    fence: Mapped[int] = mapped_column(BigInteger)
    """Raised with each change of owner: what comes with a lower one is of an earlier owner."""
    number: Mapped[int] = mapped_column(BigInteger)
    """Of the state."""
    state: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The room as it was some seconds ago; Redis has a newer one."""
