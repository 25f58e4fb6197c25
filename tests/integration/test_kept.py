"""What stays of games, from outside: the same suite on SQLite and on PostgreSQL."""

import asyncio
import io
import json
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from PIL import Image

from game.drawing import read_operations
from tests.databases import empty_postgres
from tests.integration.playing import Played, play
from tests.integration.web import ask
from tests.integration.wire import Wire
from tests.server import Server

TOKEN = "a-long-secret-of-the-owner"


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def server(request, tmp_path_factory) -> Iterator[Server]:
    """A server whose owner has a token."""
    with ExitStack() as stack:
        database = {"database_url": stack.enter_context(empty_postgres("kept"))} if request.param == "postgresql" else {}
        server = Server(tmp_path_factory.mktemp(request.param), admin_token=TOKEN, **database)
        stack.callback(server.stop)
        yield server.start()


@pytest.fixture(scope="module")
def games(server) -> dict[str, Played]:
    """One game for every use, all played at once and kept: `shown` is in the gallery, the others are private."""
    uses = {"shown": {"in_gallery": True}, "private": {}, "drawings": {}, "left": {}, "moved": {}, "purged": {}}

    async def play_all() -> list[Played]:
        played = await asyncio.gather(*(play(server, **settings) for settings in uses.values()))
        for game in played:
            await until_kept(server, game)
        return played

    return dict(zip(uses, asyncio.run(play_all()), strict=True))


async def until_kept(server: Server, game: Played) -> None:
    """The database is written beside the game."""
    async with asyncio.timeout(20):
        while (answer := ask(server, f"/api/games/{game.game_id}")).status == 404 or not answer.json["podium"]:
            await asyncio.sleep(0.05)


def keys(server: Server, query: str = "", cookie: str | None = None) -> list[str]:
    return [card["key"] for card in ask(server, f"/api/gallery{query}", cookie=cookie).json["drawings"]]


def test_a_private_rooms_drawings_are_for_those_who_know_its_link(server, games):
    game = games["private"]
    assert not set(game.keys) & set(keys(server))
    assert set(keys(server, f"?room={game.code}")) == set(game.keys)
    for answer in (ask(server, f"/api/games/{game.game_id}"), ask(server, f"/api/drawings/{game.keys[0]}")):
        assert game.code.encode() not in answer.body


def test_the_gallery_shows_what_a_room_allowed_and_filters_it(server, games):
    game = games["shown"]
    assert keys(server) == game.keys[::-1]
    first = ask(server, f"/api/gallery?word={quote(game.words[0])}", cookie=game.ada).json["drawings"][0]
    assert first == first | {
        "key": game.keys[0], "word": game.words[0], "language": "en", "mode": "normal", "drawer": "Ada", "drawer_is_ai": False,
        "found": 1, "asked": 1, "game_id": game.game_id, "mine": True,
    }  # fmt: skip
    assert not ask(server, f"/api/gallery?word={quote(game.words[0])}", cookie=game.ben).json["drawings"][0]["mine"]
    assert game.keys[0] in keys(server, "?drawer=people&language=en&mode=normal")
    for nothing in ("?drawer=ai", "?language=de", "?mode=teams", "?liked=true", "?word=nowordatall"):
        assert (nothing, keys(server, nothing)) == (nothing, [])
    page = ask(server, "/api/gallery?limit=1").json
    assert [*[card["key"] for card in page["drawings"]], *keys(server, f"?limit=1&after={page['next']}")] == game.keys[::-1]
    assert ask(server, "/api/gallery?after=nothing").status == 404
    assert ask(server, "/api/gallery?sort=worst").status == 422


def test_a_drawing_comes_back_stroke_by_stroke_with_its_guesses(server, games):
    game = games["shown"]
    drawing = ask(server, f"/api/drawings/{game.keys[1]}").json
    assert drawing["word"] == game.words[1]
    operations = list(read_operations(b64decode(drawing["ink"])))
    assert len(operations) == len(drawing["times"]) == 1
    (guess,) = drawing["guesses"]
    assert (guess["nickname"], guess["is_ai"]) == ("Ada", False)
    assert 0 <= drawing["times"][0] / 1000 <= guess["seconds"] <= drawing["seconds"] + 0.1
    assert guess["points"] > 0


def test_drawings_are_taken_along_as_pictures_and_films(server, games):
    game = games["shown"]
    base = f"/api/drawings/{game.keys[0]}"
    for kind, form in (("png", "PNG"), ("gif", "GIF"), ("webp", "WEBP")):
        answer = ask(server, f"{base}.{kind}")
        assert answer.headers["content-type"] == f"image/{kind}"
        assert Image.open(io.BytesIO(answer.body)).format == form
    assert Image.open(io.BytesIO(ask(server, f"{base}.png?width=100").body)).width == 100
    assert ElementTree.fromstring(ask(server, f"{base}.svg").body).tag.endswith("svg")
    assert Image.open(io.BytesIO(ask(server, f"{base}/card.png").body)).size == (1200, 630)
    poster = Image.open(io.BytesIO(ask(server, f"/api/games/{game.game_id}/poster.png").body))
    assert min(poster.size) > 400
    assert ask(server, f"{base}.exe").status == 422
    assert ask(server, f"{base}.png?width=100000").status == 422
    for nothing in ("/api/drawings/nothing", "/api/drawings/nothing.png", "/api/drawings/nothing/card.png", "/api/games/nothing",
                    "/api/games/nothing/poster.png"):  # fmt: skip
        answer = ask(server, nothing)
        assert (nothing, answer.status) == (nothing, 404)
        assert "There is no such" in answer.json["detail"]


def test_what_no_database_can_look_for_is_refused(server):
    for path in ("/api/drawings/%00", "/api/drawings/%00.png", "/api/drawings/%00/card.png", "/api/games/%00", "/api/games/%00/poster.png",
                 "/api/gallery?room=%00", "/api/gallery?word=%00", "/api/gallery?language=%00", "/api/gallery?mode=%00", "/api/gallery?after=%00",
                 "/api/leaderboard?mode=%00", "/api/stats?word=%00", "/api/stats?language=%00", "/api/stats?mode=%00",
                 "/api/me/drawings?after=%00"):  # fmt: skip
        assert (path, ask(server, path).status) == (path, 422)
    for path in ("/api/drawings/%00", "/api/games/%00/drawings"):
        assert (path, ask(server, path, "DELETE").status) == (path, 422)


def test_a_links_preview_has_a_picture_and_does_not_tell_the_word(server, games):
    game = games["shown"]
    page = ask(server, f"/drawing/{game.keys[0]}").body.decode()
    assert f'<meta property="og:image" content="{server.url}/api/drawings/{game.keys[0]}/card.png">' in page
    # But for the key it is the page of any drawing.
    assert page.replace(game.keys[0], "") == ask(server, f"/drawing/{game.keys[1]}").body.decode().replace(game.keys[1], "")
    assert '"><script>' not in ask(server, "/drawing/%22%3E%3Cscript%3E").body.decode()


def test_a_drawing_is_deleted_by_its_drawer_the_host_and_the_owner_and_nobody_else(server, games):
    game = games["drawings"]
    mine, by_host = game.keys[1], game.keys[0]
    stranger = ask(server, "/").cookie
    for somebody in (None, stranger):
        assert ask(server, f"/api/drawings/{mine}", "DELETE", somebody).status == 403
    assert ask(server, f"/api/drawings/{by_host}", "DELETE", game.ben).status == 403
    assert ask(server, f"/api/drawings/{mine}", cookie=game.ben).json["may_delete"]
    assert not ask(server, f"/api/drawings/{mine}").json["may_delete"]
    assert ask(server, f"/api/drawings/{mine}.png").status == 200
    assert ask(server, f"/api/drawings/{mine}", "DELETE", game.ben).json == {"deleted": True}
    for gone in (f"/api/drawings/{mine}", f"/api/drawings/{mine}.png", f"/api/drawings/{mine}.svg"):
        assert ask(server, gone).status == 404
    assert keys(server, f"?room={game.code}") == [by_host]

    assert ask(server, f"/api/games/{game.game_id}/drawings", "DELETE", game.ben).status == 403
    assert ask(server, f"/api/games/{game.game_id}/drawings", "DELETE", game.ada).status == 200
    assert ask(server, f"/api/games/{game.game_id}").json["drawings"] == []

    assert ask(server, f"/api/games/{game.game_id}").json["podium"]  # what was earned by them stays


def test_the_servers_owner_deletes_any_drawing(server, games):
    drawing = f"/api/drawings/{games['purged'].keys[1]}"
    assert ask(server, drawing, "DELETE", Authorization="Bearer a-long-guess-of-somebody").status == 403
    assert ask(server, drawing, "DELETE", Authorization=f"Bearer {TOKEN}").status == 200
    assert ask(server, drawing).status == 404


def test_scores_count_for_the_day_the_week_and_all_time_and_by_mode(server, games):
    game = games["private"]
    score = next(place["score"] for place in ask(server, f"/api/games/{game.game_id}").json["podium"] if place["nickname"] == "Ada")
    for period in ("day", "week", "all"):
        for mode in ("", "normal"):
            players = ask(server, f"/api/leaderboard?limit=100&period={period}&mode={mode}").json["players"]
            assert [line["score"] for line in players] == sorted((line["score"] for line in players), reverse=True)
            assert any(line["nickname"] == "Ada" and line["score"] == score and line["games"] == 1 for line in players)
    assert ask(server, "/api/leaderboard?mode=teams").json["players"] == []
    assert ask(server, "/api/leaderboard?period=year").status == 422


def test_statistics_tell_how_often_words_are_found_and_never_by_whom(server, games):
    game = games["shown"]
    answer = ask(server, "/api/stats?limit=1000")
    assert b"Ada" not in answer.body
    (today,) = answer.json["days"]
    assert today["people_on_people"]["found"] >= 2
    assert answer.json["languages"] == ["en"]
    (line,) = [line for line in answer.json["words"] if line["word"] == game.words[0]]
    assert (line["language"], line["mode"]) == ("en", "normal")
    assert line["people_on_people"]["asked"] >= line["people_on_people"]["found"] >= 1
    assert 0 <= line["people_on_people"]["seconds"] < 60
    assert line["ai_on_people"] == {"asked": 0, "found": 0, "seconds": None}
    begun = ask(server, f"/api/stats?word={quote(game.words[0][:3])}").json["words"]
    assert all(each["word"].startswith(game.words[0][:3]) for each in begun)
    nothing = {"drawings": 0, "judged": 0, "mistaken": 0}
    hands = {"duels": {"people": 0, "ai": 0, "for_person": 0, "for_machine": 0}, "machine": nothing, "people": nothing}
    assert ask(server, "/api/stats?language=de").json == {"days": [], "words": [], "languages": ["en"], "hands": hands}


async def test_the_personal_page_the_export_and_the_deletion_of_all_about_me(server, games):
    game = games["left"]
    ben = game.ben
    page = ask(server, "/api/me", cookie=ben).json
    assert page == page | {"nickname": "Ben", "games": 1, "asked": 1, "found": 1}
    assert page["favourite_words"] == [{"word": game.words[1], "times": 1}]
    assert page["fastest"] == page["fastest"] | {"word": game.words[0], "key": game.keys[0]}
    assert [card["key"] for card in ask(server, "/api/me/drawings", cookie=ben).json["drawings"]] == [game.keys[1]]
    export = ask(server, "/api/me/export", cookie=ben)
    assert "attachment" in export.headers["content-disposition"]
    assert [turn["word"] for turn in export.json["turns"]] == [game.words[1]]
    assert len(list(read_operations(b64decode(export.json["turns"][0]["drawing"]["ink"])))) == 1

    refused = ask(server, "/api/me", "DELETE", ben)
    assert refused.status == 409
    assert "Leave it first" in refused.json["detail"]
    wire = await Wire.join(server, game.code, "Ben", ben)
    await wire.send("leave_room")
    await wire.wait_for_close()
    gone = ask(server, "/api/me", "DELETE", ben)
    assert gone.json == {"deleted": True}
    assert gone.cookie != ben
    assert ask(server, "/api/me", cookie=ben).status == 404
    assert ask(server, "/api/me/export", cookie=ben).json["kept"] == "Nothing is kept about you."
    assert ask(server, f"/api/drawings/{game.keys[1]}").status == 404
    remembered = ask(server, f"/api/games/{game.game_id}")
    assert b"Ben" not in remembered.body
    assert [place["nickname"] for place in remembered.json["podium"]] == ["Ada"]
    assert b"Ben" not in ask(server, f"/api/drawings/{game.keys[0]}").body


def test_my_drawings_go_and_my_scores_stay(server, games):
    game = games["moved"]
    assert ask(server, "/api/me/drawings", "DELETE", game.ada).status == 200
    assert keys(server, f"?room={game.code}") == [game.keys[1]]
    assert ask(server, "/api/me", cookie=game.ada).json["games"] == 1


async def test_an_identity_moves_to_another_device_once(server, games):
    game = games["moved"]
    phone = ask(server, "/").cookie
    transfer = ask(server, "/api/me/transfer", "POST", game.ada).json
    assert transfer["link"].endswith(f"/move/{transfer['code']}")
    assert b"<svg" in ask(server, f"/api/me/transfer/{transfer['code']}/qr.svg").body
    assert ask(server, "/api/me/adopt", "POST", phone, {"code": "wrong"}).status == 404
    adopted = ask(server, "/api/me/adopt", "POST", phone, {"code": f" {transfer['code'].lower()}"})
    assert adopted.json == {"nickname": "Ada"}
    assert adopted.cookie != phone
    assert ask(server, "/api/me", cookie=adopted.cookie).json == ask(server, "/api/me", cookie=game.ada).json
    assert ask(server, "/api/me/adopt", "POST", phone, {"code": transfer["code"]}).status == 404
    # As Ada she is let into her seat, from the other device.
    assert (await Wire.join(server, game.code, "Ada", adopted.cookie)).cookie == adopted.cookie


@pytest.mark.slow
def test_the_store_is_looked_at_carried_over_and_purged_by_commands(server, games, tmp_path):
    game = games["purged"]
    assert "drawings" in db(server, "stats")
    file = tmp_path / "all.jsonl.gz"
    assert "rows are in" in db(server, "export", str(file))
    moved = Server(tmp_path / "moved")
    assert "rows were read" in db(moved, "import", str(file))
    moved.start()
    try:
        assert ask(moved, f"/api/games/{game.game_id}").json == ask(server, f"/api/games/{game.game_id}").json
        assert ask(moved, f"/api/drawings/{game.keys[0]}").json == ask(server, f"/api/drawings/{game.keys[0]}").json
        assert ask(moved, "/api/leaderboard").json == ask(server, "/api/leaderboard").json
    finally:
        moved.stop()
    assert "1 drawings" in db(server, "purge", "--drawing", game.keys[0])
    assert game.keys[0] not in keys(server, f"?room={game.code}")


def db(server: Server, *arguments: str) -> str:
    """What `guesstroke db ...` says, with the server's settings."""
    command = [sys.executable, "-m", "game", "db", *arguments]
    done = subprocess.run(command, env=server.environment | {"COLUMNS": "200"}, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_answers_are_json_even_while_the_database_is_away(tmp_path, serve):
    server = serve(database_url="postgresql+asyncpg://nobody@127.0.0.1:9/nothing")
    answer = ask(server, "/api/gallery")
    assert answer.status == 503
    assert "Games go on" in answer.json["detail"]
    assert json.loads(ask(server, "/healthz").body)["status"] == "ok"
    assert os.listdir(server.data / "journal")
