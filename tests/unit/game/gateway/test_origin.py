import pytest

from game.gateway.origin import is_allowed

PUBLIC = "https://play.example.org"


@pytest.mark.parametrize(
    ("origin", "host", "public_url", "allowed"),
    [
        # no browser
        (None, "game:8000", None, True),
        (None, None, PUBLIC, True),
        # the host that was asked
        ("http://game:8000", "game:8000", None, True),
        ("http://192.168.1.5:8000", "192.168.1.5:8000", None, True),
        ("http://[fd00::5]:8000", "[fd00::5]:8000", None, True),
        ("HTTP://Game:8000", "gAME:8000", None, True),
        ("https://game", "game", None, True),
        ("https://game", "game:443", None, True),
        ("http://game:80", "game", None, True),
        # the public address
        ("https://play.example.org", "127.0.0.1:8000", PUBLIC, True),
        ("https://PLAY.example.org:443", "127.0.0.1:8000", PUBLIC, True),
        ("https://play.example.org", "127.0.0.1:8000", "https://play.example.org:443", True),
        ("http://play.example.org", "127.0.0.1:8000", PUBLIC, False),
        ("https://play.example.org:8443", "127.0.0.1:8000", PUBLIC, False),
        # another port
        ("http://game:9000", "game:8000", None, False),
        ("http://game", "game:8000", None, False),
        ("http://game:443", "game", None, False),
        # others, and those who look alike
        ("http://evil.example", "game:8000", None, False),
        ("http://evil.example", "127.0.0.1:8000", PUBLIC, False),
        ("https://play.example.org.evil.example", "127.0.0.1:8000", PUBLIC, False),
        ("https://evilplay.example.org", "127.0.0.1:8000", PUBLIC, False),
        ("https://play.example.org@evil.example", "127.0.0.1:8000", PUBLIC, False),
        ("http://game:8000@evil.example", "game:8000", None, False),
        ("http://user@game:8000", "user@game:8000", None, False),
        # no web page
        ("null", "game:8000", None, False),
        ("null", "", None, False),
        ("null", "null", None, False),
        ("", "", None, False),
        ("file://", "", None, False),
        ("chrome-extension://game", "game", None, False),
        # nonsense
        ("http://[game", "[game", None, False),
        ("http://game:port", "game:port", None, False),
        ("http://game:99999", "game:99999", None, False),
        ("http://game:8000", None, None, False),
    ],
)
def test_only_own_pages_may_open_sockets(origin, host, public_url, allowed):
    assert is_allowed(origin, host, public_url) is allowed
