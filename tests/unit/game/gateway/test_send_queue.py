from game.gateway.send_queue import SendQueue


async def test_gives_what_was_put_in_order_then_the_close_code():
    queue = SendQueue(4429)
    queue.put("one")
    queue.put(b"two")
    queue.finish(1000)
    queue.put("too late")
    assert [await queue.get() for _ in range(3)] == ["one", b"two", 1000]


async def test_a_peer_that_does_not_read_is_cut_off_by_bytes_and_by_number():
    for payload, most in ((b"x" * 500_000, 12), ("x", 5000)):
        queue = SendQueue(4429)
        for _ in range(most):
            queue.put(payload)
        got = []
        while not isinstance(each := await queue.get(), int):
            got.append(each)
        assert each == 4429
        assert len(got) < most


async def test_what_was_read_makes_room():
    queue = SendQueue(4429)
    for _ in range(50):
        queue.put(b"x" * 500_000)
        assert isinstance(await queue.get(), bytes)
