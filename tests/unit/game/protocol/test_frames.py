from hypothesis import given
from hypothesis import strategies as st

from game.protocol.frames import content_of, frame_of


@given(st.one_of(st.text(), st.binary()), st.sampled_from([1, 125, 126, 700]))
def test_a_frame_gives_back_what_was_put_into_it(content, times):
    assert content_of(frame_of(content * times)) == content * times


def test_the_longest_frames_too():
    assert content_of(frame_of(b"x" * 70_000)) == b"x" * 70_000
