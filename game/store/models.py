"""The tables."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def _now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """All tables of the store."""


class PlayerRow(Base):
    """Somebody who has played, or an AI player."""

    __tablename__ = "players"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    nickname: Mapped[str] = mapped_column(String(32))
    is_ai: Mapped[bool]
    first_seen: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=_now)


class GameRow(Base):
    """A game, from its start; `ended` is empty for one that was never finished."""

    __tablename__ = "games"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    room: Mapped[str] = mapped_column(String(16))
    rounds: Mapped[int]
    started: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=_now)
    ended: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class TurnRow(Base):
    """A turn in which something was drawn."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("game_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    game_id: Mapped[str] = mapped_column(ForeignKey("games.id"), index=True)
    number: Mapped[int]
    round: Mapped[int]
    word: Mapped[str] = mapped_column(String(80), index=True)
    """Of a combination both, with ` + ` between."""
    drawer_id: Mapped[str] = mapped_column(ForeignKey("players.id"), index=True)
    reason: Mapped[str] = mapped_column(String(32))
    seconds: Mapped[float]
    drawer_points: Mapped[int]
    likes: Mapped[int] = mapped_column(default=0)
    dislikes: Mapped[int] = mapped_column(default=0)


class GuessRow(Base):
    """A right guess."""

    __tablename__ = "guesses"
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id"), primary_key=True)
    seconds: Mapped[float]
    points: Mapped[int]


class DrawingRow(Base):
    """A turn's drawing as vector strokes: the ink records of docs/protocol.md, one after another."""

    __tablename__ = "drawings"
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id"), primary_key=True)
    format: Mapped[int]
    """The protocol version whose ink layout this is."""
    ink: Mapped[bytes] = mapped_column(LargeBinary)


class ScoreRow(Base):
    """What a player had at a game's end."""

    __tablename__ = "scores"
    game_id: Mapped[str] = mapped_column(ForeignKey("games.id"), primary_key=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id"), primary_key=True, index=True)
    score: Mapped[int]
    rank: Mapped[int]


class ReportRow(Base):
    """A player's complaint about another, for the server's owner."""

    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    made: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=_now, index=True)
    room: Mapped[str] = mapped_column(String(16))
    game_id: Mapped[str] = mapped_column(String(32))
    """Empty in a lobby where no game was played yet."""
    turn: Mapped[int]
    reporter_id: Mapped[str] = mapped_column(ForeignKey("players.id"), index=True)
    player_id: Mapped[str] = mapped_column(ForeignKey("players.id"), index=True)
    nickname: Mapped[str] = mapped_column(String(32))
    """The reported player's, at that time."""
    reason: Mapped[str] = mapped_column(String(200))
    chat: Mapped[str] = mapped_column(Text)
    """The last lines, one a line, each after its speaker's nickname and a colon."""
    ink: Mapped[bytes] = mapped_column(LargeBinary)
    """The drawing in hand, if it was the reported player's."""
