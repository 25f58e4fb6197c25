from hypothesis import given, settings
from hypothesis import strategies as st

from game.rules.passwords import hashed, is_right


@given(st.text(min_size=1, max_size=64), st.text(max_size=64))
@settings(max_examples=30, deadline=None)
def test_only_the_password_itself_is_right(password, other):
    kept = hashed(password, "abcdefghjk")
    assert is_right(password, kept, "abcdefghjk")
    assert is_right(other, kept, "abcdefghjk") == (other == password)
    assert password not in kept or len(password) < 4


def test_without_one_any_is_right_and_with_one_none_is_not():
    assert hashed("", "abcdefghjk") == ""
    assert is_right("whatever", "", "abcdefghjk")
    assert not is_right("", hashed("sesame", "abcdefghjk"), "abcdefghjk")


def test_the_same_password_of_two_rooms_is_not_kept_alike():
    assert hashed("sesame", "abcdefghjk") != hashed("sesame", "mnpqrstuvw")
