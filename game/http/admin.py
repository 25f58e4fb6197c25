"""What the server's owner sees and does, with the token of the settings: rooms, reports, bans, a word to everybody, and a rest for the server."""

from base64 import b64encode
from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

import structlog
from fastapi import APIRouter, Body, Depends, HTTPException, Path, Query, Request
from pydantic import BaseModel

from game.http.answers import WITHOUT_NUL, refusals
from game.http.asker import Askers
from game.protocol.limits import NOTICE_LENGTH, REASON_LENGTH
from game.rooms.overview import Overview
from game.rooms.registry import Rooms
from game.rules.vocabulary import Vocabulary
from game.store.bans import Ban, Bans
from game.store.difficulty import PlayedWord, judge, played_words
from game.store.reports import Report, SaidLine, reports, settle
from game.store.session import Sessions

log = structlog.get_logger()
_refused: Final[dict[str, tuple[int, str]]] = {
    "no token": (401, "This is the server's owner's alone. Send the token of its settings: `Authorization: Bearer ...`."),
    "wrong token": (403, "This is not the token of the server's settings (GUESSTROKE_ADMIN_TOKEN)."),
    "too many tries": (429, "Many wrong tokens came from your address. Wait a minute."),
}
ReportId = Annotated[int, Path(ge=1, le=2**31 - 1)]


class House(BaseModel):
    """The server as it is now. `rooms`: those with most people first."""

    draining: bool
    players: int
    """Whose connection stands."""
    rooms: list[Overview]


class ReportView(BaseModel):
    """A report; `ink` is the drawing as records (docs/protocol.md) in base64, empty if there is none."""

    id: int
    made: datetime
    room: str
    game_id: str
    turn: int
    reporter_id: str
    reporter: str
    player_id: str
    nickname: str
    reason: str
    ink: str
    lines: list[SaidLine]
    is_banned: bool


class Reports(BaseModel):
    """The newest first; `more`: there are older ones."""

    reports: list[ReportView]
    more: bool


class WordView(BaseModel):
    """A word of the packs as people found it in people's drawings; `proposed` is another difficulty that its plays leave no doubt about."""

    word: str
    difficulty: str
    proposed: str | None
    asked: int
    found: int
    seconds: float | None
    """Until it was found, on average."""


class Words(BaseModel):
    """How the packs' difficulties compare with the plays; `judged` words were asked often enough to tell."""

    judged: int
    proposals: list[WordView]
    never_found: list[WordView]


class Done(BaseModel):
    """Whether there was something to do."""

    done: bool


class Draining(BaseModel):
    """Whether nobody new is let in."""

    draining: bool


def router(sessions: Sessions, rooms: Rooms, bans: Bans, askers: Askers, vocabulary: Vocabulary) -> APIRouter:
    """Return the routes under /api/admin. Whoever has not the owner's token gets 401, 403 or, after many tries, 429."""

    def owner(request: Request) -> None:
        standing = askers.standing(request)
        if standing != "owner":
            if standing != "no token":
                log.warning("somebody tried to be the server's owner", standing=standing)
            status, sentence = _refused[standing]
            raise HTTPException(status, sentence, {"WWW-Authenticate": "Bearer"} if status == 401 else None)

    api = APIRouter(prefix="/api/admin", tags=["admin"], dependencies=[Depends(owner)], responses=refusals(401, 403, 422, 429, 503))

    @api.get("/rooms")
    async def look() -> House:
        return House(draining=rooms.is_draining, players=rooms.count()[1], rooms=rooms.survey())

    @api.post("/rooms/{code}/kick/{player_id}", responses=refusals(404))
    async def kick(code: str, player_id: str) -> Done:
        """Send a player out of one room; they may come back."""
        if not rooms.send_away(code, player_id):
            raise HTTPException(404, "There is no such player in such a room any more.")
        log.info("the owner sent a player away", room=code, player=player_id)
        return Done(done=True)

    @api.post("/notice")
    async def notice(text: Annotated[str, Body(embed=True, min_length=1, max_length=NOTICE_LENGTH)]) -> Done:
        """Show a text to everybody in all rooms."""
        if not (said := " ".join(text.split())):
            raise HTTPException(422, "text: something to say was expected; got nothing but spaces.")
        rooms.broadcast(said)
        log.info("the owner spoke to all rooms", rooms=rooms.count()[0])
        return Done(done=True)

    @api.put("/drain")
    async def drain(draining: Annotated[bool, Body(embed=True, strict=True)]) -> Draining:
        """Let nobody new in, or let them in again; /readyz answers 503 meanwhile."""
        rooms.drain(draining=draining)
        log.info("the owner has the server rest" if draining else "the owner has the server go on")
        return Draining(draining=rooms.is_draining)

    @api.get("/bans")
    async def banned() -> list[Ban]:
        return await bans.list()

    @api.put("/bans/{player_id}")
    async def ban(
        player_id: UUID,
        nickname: Annotated[str, Body(embed=True, max_length=32, pattern=WITHOUT_NUL)] = "",
        reason: Annotated[str, Body(embed=True, max_length=REASON_LENGTH, pattern=WITHOUT_NUL)] = "",
    ) -> Done:
        """Let a player into no room from now on, and send them away from all."""
        await bans.ban(str(player_id), nickname, reason)
        log.info("the owner banned a player", player=str(player_id))
        return Done(done=True)

    @api.delete("/bans/{player_id}", responses=refusals(404))
    async def unban(player_id: UUID) -> Done:
        if not await bans.lift(str(player_id)):
            raise HTTPException(404, "This player is not banned.")
        log.info("the owner let a player in again", player=str(player_id))
        return Done(done=True)

    @api.get("/reports")
    async def reported(before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None, limit: Annotated[int, Query(ge=1, le=50)] = 10) -> Reports:
        found = await reports(sessions, before, limit + 1)
        return Reports(reports=[_view(each, each.player_id in bans) for each in found[:limit]], more=len(found) > limit)

    @api.delete("/reports/{report_id}", responses=refusals(404))
    async def settled(report_id: ReportId) -> Done:
        """Delete a report that needs nothing more."""
        if not await settle(sessions, report_id):
            raise HTTPException(404, "There is no such report any more.")
        log.info("the owner settled a report", report=report_id)
        return Done(done=True)

    @api.get("/words")
    async def words(
        language: Annotated[str, Query(max_length=8, pattern=WITHOUT_NUL)] = "", at_least: Annotated[int, Query(ge=1, le=100_000)] = 20
    ) -> Words:
        """As `guesstroke words difficulty` says it: of words that were asked `at_least` times, which are labelled wrongly."""
        judgement = judge(await played_words(sessions, vocabulary, language), at_least)
        return Words(
            judged=judgement.judged,
            proposals=[_word(each.word, each.proposed) for each in judgement.proposals],
            never_found=[_word(each, None) for each in judgement.never_found],
        )

    return api


def _view(report: Report, is_banned: bool) -> ReportView:
    told: dict[str, Any] = {each.name: getattr(report, each.name) for each in fields(Report)}
    return ReportView(**told | {"ink": b64encode(report.ink).decode(), "lines": list(report.lines), "is_banned": is_banned})


def _word(word: PlayedWord, proposed: str | None) -> WordView:
    people = word.people
    return WordView(word=word.concept, difficulty=word.difficulty, proposed=proposed, asked=people.asked, found=people.found, seconds=people.seconds)
