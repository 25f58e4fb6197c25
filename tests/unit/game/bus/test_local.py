from hypothesis import given
from hypothesis import strategies as st

from game.bus.base import Payload
from game.bus.local import LocalBus

PEOPLE = ("ada", "ben", "cleo")
AUDIENCES = (None, frozenset({"ada"}), frozenset({"ada", "cleo"}))


class Ear:
    """A sink that notes the versions of what it is given."""

    def __init__(self) -> None:
        self.heard: list[int] = []

    def put(self, payload: Payload) -> None:
        self.heard.append(payload.version)

    def finish(self, code: int) -> None: ...


deeds = st.one_of(st.tuples(st.sampled_from(("come", "go")), st.sampled_from(PEOPLE)), st.tuples(st.just("say"), st.sampled_from(AUDIENCES)))


@given(st.lists(deeds, max_size=40))
def test_each_event_goes_to_those_of_its_audience_who_are_there(deeds):
    bus, present, ears, expected = LocalBus(), {}, [], {}
    for version, (deed, whom) in enumerate(deeds, 1):
        if deed == "come":
            ears.append(ear := Ear())
            present[whom], expected[ear] = ear, []
            bus.subscribe("room", whom, ear)
        elif deed == "go" and whom in present:
            assert bus.unsubscribe("room", whom, present.pop(whom))
        elif deed == "say":
            bus.publish("room", whom, Payload.of("x", version))
            for person, ear in present.items():
                if whom is None or person in whom:
                    expected[ear].append(version)
    assert {ear: ear.heard for ear in ears} == expected


def test_an_earlier_connection_hears_nothing_more_and_cannot_end_the_later_one():
    bus, earlier, later = LocalBus(), Ear(), Ear()
    bus.subscribe("room", "ada", earlier)
    bus.publish("room", None, Payload.of("x", 1))
    bus.subscribe("room", "ada", later)
    bus.publish("room", None, Payload.of("x", 2))
    assert not bus.unsubscribe("room", "ada", earlier)
    bus.publish("room", None, Payload.of("x", 3))
    assert (earlier.heard, later.heard) == ([1], [2, 3])
