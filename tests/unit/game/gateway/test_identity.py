from starlette.requests import Request

from game.gateway.identity import COOKIE, Identities
from game.gateway.signing_keys import read_keys, rotate

ADA = "6f6b8b0e-0000-4000-8000-000000000000"


def request(cookie: str | None = None, scheme: str = "http") -> Request:
    headers = [(b"host", b"localhost")] + ([(b"cookie", cookie.encode())] if cookie else [])
    return Request({"type": "http", "headers": headers, "scheme": scheme, "path": "/", "query_string": b"", "server": ("localhost", 80)})


def token_in(cookie: str) -> str:
    return cookie.split(";")[0].partition("=")[2]


def test_a_newcomer_gets_a_cookie_that_gives_the_same_player_back():
    identities = Identities("key")
    first = identities.of(request())
    again = identities.of(request(first.set_cookie.split(";")[0]))
    assert again.player_id == first.player_id
    assert again.set_cookie is None


def test_scripts_cannot_read_it_other_sites_cannot_use_it_and_behind_tls_it_stays_there():
    cookie = Identities("key").of(request()).set_cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert "Secure" in Identities("key").of(request(scheme="https")).set_cookie
    assert "Secure" in Identities("key").of(request(scheme="wss")).set_cookie


def test_what_we_did_not_sign_is_somebody_new():
    identities = Identities("key")
    foreign = token_in(Identities("other key").of(request()).set_cookie)
    for token in ("", "nonsense", ADA, foreign):
        assert identities.recognise(token) is None
        assert identities.of(request(f"{COOKIE}={token}")).set_cookie is not None


def test_the_key_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "data" / "signing.key"
    cookie = Identities.from_key_file(path).of(request()).set_cookie.split(";")[0]
    assert Identities.from_key_file(path).of(request(cookie)).set_cookie is None
    assert path.stat().st_mode & 0o777 == 0o600


def test_after_a_rotation_everybody_is_who_they_were_and_gets_a_fresh_cookie_once(tmp_path):
    path = tmp_path / "signing.key"
    first = Identities.from_key_file(path).of(request())
    rotate(path)
    rotated = Identities.from_key_file(path)
    again = rotated.of(request(first.set_cookie.split(";")[0]))
    assert again.player_id == first.player_id
    assert rotated.recognise(token_in(first.set_cookie)) == first.player_id
    fresh = rotated.of(request(again.set_cookie.split(";")[0]))
    assert (fresh.player_id, fresh.set_cookie) == (first.player_id, None)
    assert Identities(read_keys(path)[1]).recognise(token_in(again.set_cookie)) is None  # the newest key signs


def test_a_key_that_was_taken_out_is_believed_no_more():
    old = Identities("old").of(request())
    assert Identities("new", "old").recognise(token_in(old.set_cookie)) == old.player_id
    assert Identities("new").recognise(token_in(old.set_cookie)) is None


def test_what_is_derived_stays_through_rotations_and_changes_with_the_oldest_key():
    secret = Identities("old").derived_secret("daily words")
    assert Identities("newest", "new", "old").derived_secret("daily words") == secret
    assert Identities("newest", "new").derived_secret("daily words") != secret
    assert Identities("old").derived_secret("another purpose") != secret
