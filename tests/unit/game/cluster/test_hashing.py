from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from game.cluster.hashing import winner

NODES = st.lists(st.text("0123456789abcdef", min_size=4, max_size=16), min_size=1, max_size=8, unique=True)


@given(st.text(max_size=13), NODES)
def test_all_who_see_the_same_nodes_name_the_same_one(room, nodes):
    assert winner(room, nodes) == winner(room, reversed(nodes))
    assert winner(room, nodes) in nodes


@given(st.text(max_size=13), NODES, st.data())
def test_when_a_node_goes_only_its_own_rooms_move(room, nodes, data):
    gone = data.draw(st.sampled_from(nodes))
    before, after = winner(room, nodes), winner(room, [node for node in nodes if node != gone])
    assert before == gone or after == before


def test_rooms_are_shared_out_evenly():
    shares = Counter(winner(f"room{number}", ["one", "two", "three"]) for number in range(3000))
    assert all(900 < share < 1100 for share in shares.values())


def test_without_nodes_it_is_nobodys():
    assert winner("room", []) is None
