import pytest

from game.protocol.codec import encode_ink
from game.protocol.ink import HEADER_BYTES, VERSION_BYTES, decode_frame
from tests.load.marks import drawing_message, numbers_in


@pytest.mark.parametrize("number", [0, 1, 2999, 3200, 100_000])
def test_a_message_is_good_ink_and_can_be_found_again(number):
    for begins in (False, True):
        message = drawing_message(1, 3, number, begins=begins)
        assert sum(record.points for record in decode_frame(message).records) == 4 + begins
        assert list(numbers_in(message, 0)) == [number]
        assert list(numbers_in(encode_ink(message, 7), VERSION_BYTES)) == [number]


def test_messages_are_found_again_when_a_server_made_one_frame_of_them():
    messages = [drawing_message(1, 2, number, begins=number == 5) for number in range(3, 9)]
    merged = messages[0] + b"".join(message[HEADER_BYTES:] for message in messages[1:])
    assert list(numbers_in(merged, 0)) == [3, 4, 5, 6, 7, 8]
