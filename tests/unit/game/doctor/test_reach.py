import socket

from game.doctor import reach
from game.settings import Settings


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def test_to_trust_everybody_is_a_problem():
    assert reach.check_trust(Settings()) == []
    for everybody in ("0.0.0.0/0", "127.0.0.1, ::/0"):
        assert reach.check_trust(Settings(trusted_proxies=everybody))[0].grade == "problem"


def test_a_server_for_itself_alone_is_told():
    assert reach.check_network(Settings(host="127.0.0.1"))[0].grade == "warning"
    assert reach.check_network(Settings(host="192.0.2.7", port=81))[0].what.startswith("http://192.0.2.7:81")
    assert reach.check_network(Settings(public_url="https://play.example.org")) == []


def test_a_public_address_at_which_nobody_answers_while_the_game_does_not_run():
    port = unused_port()
    (found,) = reach.check_public_url(Settings(host="127.0.0.1", port=port, public_url=f"http://127.0.0.1:{port}"))
    assert found.grade == "warning"
    assert "Start the server" in found.remedy
    assert reach.check_public_url(Settings()) == []
