import pytest

from game.gateway.origin import is_allowed


@pytest.mark.parametrize(
    ("origin", "host", "public_url", "allowed"),
    [
        (None, "game:8000", None, True),
        ("http://game:8000", "game:8000", None, True),
        ("http://192.168.1.5:8000", "192.168.1.5:8000", None, True),
        ("http://evil.example", "game:8000", None, False),
        ("http://game:9000", "game:8000", None, False),
        ("https://play.example.org", "127.0.0.1:8000", "https://play.example.org", True),
        ("http://play.example.org", "127.0.0.1:8000", "https://play.example.org", False),
        ("null", "game:8000", None, False),
    ],
)
def test_only_own_pages_may_open_sockets(origin, host, public_url, allowed):
    assert is_allowed(origin, host, public_url) is allowed
