from game.gateway.open_connections import OpenConnections


def test_so_many_from_each_address_and_no_more():
    connections = OpenConnections(2)
    first, second = connections.enter("10.0.0.1"), connections.enter("10.0.0.1")
    assert first
    assert second
    assert connections.enter("10.0.0.1") is None
    assert connections.enter("10.0.0.2")
    first.leave()
    first.leave()  # once is enough
    assert connections.enter("10.0.0.1")
    assert connections.enter("10.0.0.1") is None


def test_an_ipv6_network_is_one_address():
    connections = OpenConnections(1)
    assert connections.enter("2001:db8::1")
    assert connections.enter("2001:db8::a:b:c:d") is None


def test_nought_is_no_bound_and_nothing_is_kept_of_who_has_left():
    connections = OpenConnections(0)
    places = [connections.enter("10.0.0.1") for _ in range(1000)]
    assert all(places)
    for place in places:
        place.leave()
    assert not connections._open
