import pytest
from starlette.requests import Request

from game.gateway.identity import Identities
from game.http.asker import Askers
from game.settings import Settings

TOKEN = "a-long-secret-of-the-owner"


def request(authorization: str | None, address: str = "10.0.0.1") -> Request:
    headers = [] if authorization is None else [(b"authorization", authorization.encode("latin-1"))]
    return Request(
        {
            "type": "http",
            "headers": headers,
            "scheme": "http",
            "path": "/",
            "query_string": b"",
            "server": ("localhost", 80),
            "client": (address, 1234),
        }
    )


def askers(token: str | None) -> Askers:
    return Askers(Identities("key"), None, token)


def test_without_a_token_in_the_settings_nobody_is_the_owner():
    assert Settings().admin_token is None
    for authorization in (None, "", "Bearer", "Bearer ", "Bearer None", f"Bearer {TOKEN}"):
        assert not askers(None).is_admin(request(authorization))
        assert not askers("").is_admin(request(authorization))


@pytest.mark.parametrize(
    "authorization",
    [None, "", TOKEN, "Bearer", "Bearer ", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", f"Bearer {TOKEN.upper()}", f"Basic {TOKEN}", "Bearer ü"],
)
def test_another_token_makes_nobody_the_owner(authorization):
    assert not askers(TOKEN).is_admin(request(authorization))


def test_the_very_token_does():
    assert askers(TOKEN).is_admin(request(f"Bearer {TOKEN}"))
    assert askers(TOKEN).is_admin(request(f"bearer {TOKEN}"))


def test_who_tries_many_tokens_is_not_listened_to_for_a_while_and_others_are():
    owner = askers(TOKEN)
    tries = [owner.standing(request(f"Bearer wrong-{number}")) for number in range(12)]
    assert tries == ["wrong token"] * 10 + ["too many tries"] * 2
    assert owner.standing(request(f"Bearer {TOKEN}")) == "too many tries", "else the last try of many would tell that it is right"
    assert owner.standing(request(f"Bearer {TOKEN}", "10.0.0.2")) == "owner"
    assert owner.standing(request(None)) == "no token"
