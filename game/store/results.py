"""Writes what games leave behind."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from game.drawing import archive
from game.rules.effects import GameBegan, GameRecord, Guesser, GuessRecord, ReportRecord, TurnRecord
from game.store.entries import Entry, ForgetDrawings, ForgetPlayer
from game.store.forgetting import forget_drawings, forget_player
from game.store.models import DrawingRow, GameRow, GuessRow, PlayerRow, ReportLineRow, ReportRow, ScoreRow, TurnRow
from game.store.tallies import add_to_standings, add_to_tallies
from game.store.upsert import put


async def write(session: AsyncSession, entry: Entry, at: datetime) -> None:
    """Write one entry, made at that time, in the session's transaction.

    A result that is there already is left as it is: a room that is opened again hands in once more what was on its way when its server ended.
    """
    match entry:
        case GameBegan():
            await _begin_game(session, entry, at)
        case TurnRecord():
            await _write_turn(session, entry, at)
        case GameRecord():
            await _end_game(session, entry, at)
        case ReportRecord():
            await _write_report(session, entry, at)
        case ForgetDrawings():
            await forget_drawings(session, entry)
        case ForgetPlayer(player_id):
            await forget_player(session, player_id)


async def _know(session: AsyncSession, at: datetime, people: Iterable[tuple[str, str, bool]]) -> None:
    """Keep players by their newest nicknames: ids, nicknames, and whether they are AI.

    In one order everywhere, so that two servers never wait for each other.
    """
    known = [({"id": player_id}, {"nickname": nickname, "is_ai": is_ai, "first_seen": at}) for player_id, nickname, is_ai in sorted(set(people))]
    await put(session, PlayerRow, known, always=("nickname",))


async def _begin_game(session: AsyncSession, game: GameBegan, at: datetime) -> None:
    if await session.get(GameRow, game.game_id) is not None:
        return
    if game.host_id:
        await _know(session, at, [(game.host_id, game.host_nickname, False)])
    session.add(
        GameRow(
            id=game.game_id,
            room=game.code,
            rounds=game.rounds,
            language=game.language,
            mode=game.mode,
            game_mode=game.game_mode,
            scoring=game.scoring,
            in_gallery=game.in_gallery,
            host_id=game.host_id or None,
            started=at,
        )
    )
    await session.flush()


async def _write_turn(session: AsyncSession, turn: TurnRecord, at: datetime) -> None:
    if await session.scalar(select(TurnRow.id).where(TurnRow.key == turn.key)) is not None:
        return
    packed = await asyncio.to_thread(archive.pack, turn.ink, turn.times)
    guessers: list[Guesser | GuessRecord] = [*turn.guesses, *turn.missed]
    people = [(guesser.player_id, guesser.nickname, guesser.is_ai) for guesser in guessers]
    await _know(session, at, [*people, (turn.drawer_id, turn.drawer_nickname, turn.drawer_is_ai)])
    row = TurnRow(
        key=turn.key,
        game_id=turn.game_id,
        number=turn.number,
        round=turn.round,
        word=turn.word,
        drawer_id=turn.drawer_id,
        reason=turn.reason,
        seconds=turn.seconds,
        drawer_points=turn.drawer_points,
        likes=turn.likes,
        dislikes=turn.dislikes,
        rating=turn.likes - turn.dislikes,
        for_person=turn.for_person,
        for_machine=turn.for_machine,
        ended=at,
    )
    session.add(row)
    await session.flush()
    if turn.ink:
        session.add(DrawingRow(turn_id=row.id, format=archive.FORMAT, data=packed))
    for guess in turn.guesses:
        session.add(GuessRow(turn_id=row.id, player_id=guess.player_id, seconds=guess.milliseconds / 1000, points=guess.points))
    for guesser in turn.missed:
        session.add(GuessRow(turn_id=row.id, player_id=guesser.player_id, seconds=None, points=0))
    await session.flush()
    await add_to_tallies(session, turn, at)


async def _end_game(session: AsyncSession, game: GameRecord, at: datetime) -> None:
    if await session.scalar(select(GameRow.ended).where(GameRow.id == game.game_id)) is not None:
        return
    await _know(session, at, [(line.player_id, line.nickname, line.is_ai) for line in game.podium])
    for line in game.podium:
        session.add(ScoreRow(game_id=game.game_id, player_id=line.player_id, score=line.score, rank=line.rank))
    await session.execute(update(GameRow).where(GameRow.id == game.game_id).values(ended=at))
    await session.flush()
    await add_to_standings(session, game, at)


async def _write_report(session: AsyncSession, report: ReportRecord, at: datetime) -> None:
    same = {
        "room": report.code,
        "game_id": report.game_id,
        "turn": report.turn,
        "reporter_id": report.reporter_id,
        "player_id": report.player_id,
        "reason": report.reason,
    }
    if await session.scalar(select(ReportRow.id).filter_by(**same)) is not None:
        return
    await _know(session, at, [(report.reporter_id, report.reporter_nickname, False), (report.player_id, report.nickname, False)])
    row = ReportRow(
        made=at,
        room=report.code,
        game_id=report.game_id,
        turn=report.turn,
        reporter_id=report.reporter_id,
        player_id=report.player_id,
        nickname=report.nickname,
        reason=report.reason,
        ink=report.ink,
    )
    session.add(row)
    await session.flush()
    for number, line in enumerate(report.chat, start=1):
        session.add(ReportLineRow(report_id=row.id, number=number, player_id=line.player_id, nickname=line.nickname, text=line.text))
