from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from tests.load.frames import BINARY, TEXT, FrameReader, client_frame

contents = st.lists(
    st.tuples(st.sampled_from([TEXT, BINARY]), st.binary(max_size=40) | st.integers(120, 131).map(bytes) | st.just(bytes(70_000))), max_size=6
)


@given(contents, st.lists(st.integers(0, 300), max_size=10))
def test_frames_are_read_wherever_they_are_cut(sent, cuts):
    stream = b"".join(Frame(Opcode(first & 0xF), content).serialize(mask=False) for first, content in sent)
    reader, read = FrameReader(), []
    places = sorted({0, *(min(cut, len(stream)) for cut in cuts), len(stream)})
    for begin, end in pairwise(places):
        read += list(reader.feed(stream[begin:end]))
    assert [(first, bytes(content)) for first, content in read] == sent


@given(st.binary(max_size=300))
def test_a_clients_frame_is_what_websockets_reads(content):
    data = client_frame(BINARY, content)
    generator = Frame.parse(_reader(data), mask=True)
    try:
        next(generator)
    except StopIteration as whole:
        frame = whole.value
    assert (frame.opcode, frame.data) == (Opcode.BINARY, content)


def _reader(data: bytes):
    at = 0

    def read_exact(size: int):
        nonlocal at
        at += size
        return data[at - size : at]
        yield

    return read_exact
