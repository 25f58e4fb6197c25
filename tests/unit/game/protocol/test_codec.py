import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol.client_messages import ChangeSettings, Hello, Say, SetWords
from game.protocol.codec import MessageError, decode_client, encode_ink, encode_server
from game.protocol.limits import MAX_FRAME_BYTES
from game.protocol.server_messages import Chat, ErrorMessage


def test_messages_are_told_apart_by_their_type():
    assert decode_client('{"type":"say","text":"hi"}') == Say("hi")
    assert decode_client('{"type":"hello","protocol":1,"nickname":"Ada"}') == Hello(1, "Ada")
    assert decode_client('{"type":"change_settings","rounds":5}') == ChangeSettings(rounds=5)
    assert decode_client('{"type":"set_words","text":"a"}') == SetWords("a", more=False)


@pytest.mark.parametrize(
    ("text", "code", "junk"),
    [
        ("", "junk", True),
        ("hello", "junk", True),
        ("{", "junk", True),
        ('{"x":' + "[" * 4000, "junk", True),
        ('{"type":"dance"}', "unknown_type", False),
        ('{"text":"hi"}', "unknown_type", False),
        ('{"type":"say"}', "bad_field", False),
        ('{"type":"say","text":5}', "bad_field", False),
        ('{"type":"say","text":"x","loud":true}', "bad_field", False),
        ('{"type":"choose_word","index":"0"}', "bad_field", False),
        ("[]", "bad_field", False),
        (json.dumps({"type": "say", "text": "x" * 5000}), "too_long", False),
        (json.dumps({"type": "set_words", "text": "x" * MAX_FRAME_BYTES}), "too_long", False),
    ],
)
def test_what_is_wrong_is_said(text, code, junk):
    with pytest.raises(MessageError) as caught:
        decode_client(text)
    assert (caught.value.code, caught.value.is_junk) == (code, junk)


@given(st.text() | st.binary())
def test_anything_is_a_message_or_a_typed_error(data):
    with pytest.raises(MessageError):
        decode_client(data)


def test_events_carry_their_version_and_errors_none():
    assert json.loads(encode_server(Chat("p", "hi"), 12)) == {"type": "chat", "player_id": "p", "text": "hi", "whisper": False, "version": 12}
    assert json.loads(encode_server(ErrorMessage("junk", "no"))) == {"type": "error", "code": "junk", "message": "no"}


def test_ink_is_forwarded_as_it_came():
    assert encode_ink(b"I\x00\x01\x00\x05", 258) == b"\x02\x01\x00\x00I\x00\x01\x00\x05"
