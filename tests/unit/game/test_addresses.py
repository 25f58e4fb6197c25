import pytest

from game.addresses import lan_address, local_url, network_url


@pytest.mark.parametrize(
    ("host", "here", "elsewhere"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", None),
        ("localhost", "http://localhost:8000", None),
        ("::1", "http://[::1]:8000", None),
        ("192.168.1.20", "http://192.168.1.20:8000", "http://192.168.1.20:8000"),
        ("fd00::20", "http://[fd00::20]:8000", "http://[fd00::20]:8000"),
    ],
)
def test_what_to_type_here_and_elsewhere(host, here, elsewhere):
    assert local_url(host, 8000) == here
    assert network_url(host, 8000) == elsewhere


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_a_server_that_listens_everywhere_is_reached_at_the_machines_address(host):
    address = lan_address()
    assert local_url(host, 8000) == "http://127.0.0.1:8000"
    assert network_url(host, 8000) == (address and f"http://{address}:8000")
    assert address is None or not address.startswith("127.")
