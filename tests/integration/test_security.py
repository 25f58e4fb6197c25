"""What keeps the server safe, from outside: bodies without bounds, the owner's token, and what the log tells."""

import socket
from collections.abc import Iterator

import pytest

from game.http.body_limit import MOST_BODY_BYTES
from tests.integration.web import ask
from tests.integration.wire import Wire, open_room
from tests.server import Server

TOKEN = "zq-owners-token-71c9"
TOO_LARGE = "HTTP/1.1 413 Request Entity Too Large"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("security"), words=("qzorblaxine", "wumpfishery", "kreevoltage"), admin_token=TOKEN)
    yield server.start()
    server.stop()


def first_line(server: Server, head: str, body: bytes = b"") -> str:
    """Send this much of a request and no more; return the first line of the answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(head.encode() + body)
        return line.makefile("rb").readline().decode().rstrip()


def taking_bodies(server: Server) -> list[tuple[str, str]]:
    """Method and path of each request that takes a body."""
    paths = ask(server, "/openapi.json").json["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method, about in methods.items() if "requestBody" in about]


def test_a_body_that_says_it_is_huge_is_refused_before_it_comes(server):
    paths = taking_bodies(server)
    assert ("POST", "/api/me/adopt") in paths
    for method, path in [*paths, ("POST", "/"), ("DELETE", "/api/me"), ("POST", "/no/such/path")]:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n"
        assert (path, first_line(server, head)) == (path, TOO_LARGE)


def test_a_body_that_turns_out_to_be_too_large_is_refused_before_its_end(server):
    for method, path in taking_bodies(server):
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        chunk = b"%x\r\n" % (MOST_BODY_BYTES + 1) + b" " * (MOST_BODY_BYTES + 1) + b"\r\n"
        assert (path, first_line(server, head, chunk)) == (path, TOO_LARGE)
    assert ask(server, "/api/lobbies", "POST", body={"language": "en"}).status == 201


async def test_the_log_has_no_secret_and_nothing_that_anybody_said(server):
    """There is one level of logging, which has all that structlog is given; what uvicorn would say of each request is off."""
    code = open_room(server)
    ada = await Wire.join(server, code, "Zqadanick")
    await ada.send("change_settings", password="zqsesame", human_turns_per_artist_turn=0)
    await ada.wait_for("settings_changed")
    stranger = await Wire.hello(server, code, "Zqevenick", password="zqwrongpass")
    await stranger.wait_for("error", code="bad_password")
    ben = await Wire.join(server, code, "Zqbennick", password="zqsesame")
    await ada.send("set_words", text="zqownword, zqotherword")
    await ada.send("start_game")
    await ada.send("choose_word", index=0)
    word = (await ada.wait_for("secret_word"))["word"]
    await ben.send("say", text="zqchatline and more")
    await ada.wait_for("chat", text="zqchatline and more")
    await ben.send("say", text=word[:-1])
    await ben.wait_for("close_guess")
    await ben.send("report", player_id=(await ada.wait_for("welcome"))["you"], reason="zqreason")
    await ben.wait_for("reported")
    await ben.send("say", text=word)
    await ben.wait_for("turn_ended")
    await ben.send("kick", player_id="zqnobody")
    await ben.wait_for("error", code="not_host")
    await ben.send_raw("zqjunk, no JSON")
    assert await ben.wait_for_close() == 4400
    transfer = ask(server, "/api/me/transfer", "POST", ada.cookie).json["code"]
    adopt = [{"code": "zqwrongcode"}, {"code": ["zqbadfield"]}, {"code": transfer}]
    asked = [("/api/gallery?word=zqlookedfor", "GET"), ("/api/drawings/zqnodrawing", "DELETE"), (f"/r/{code}", "GET")]
    for path, method, body in [*(("/api/me/adopt", "POST", each) for each in adopt), *((*each, None) for each in asked)]:
        for token in (TOKEN, "zqwrongtoken0123456789"):
            assert ask(server, path, method, ben.cookie, body, Authorization=f"Bearer {token}").status < 500
    server.stop()  # all that it had to say
    log, key = server.log, (server.data / "signing.key").read_text().strip()
    you = (await ben.wait_for("welcome"))["you"]
    secrets = {word, word[:-1], "zq", TOKEN, transfer, key, ada.cookie.partition("=")[2], ben.cookie.partition("=")[2]}
    assert "Guesstroke is open" in log
    assert f"player={you}" in log, "an id is no secret: all in the room know it, and without its signature it makes nobody its player"
    assert [secret for secret in secrets if secret.lower() in log.lower()] == []
