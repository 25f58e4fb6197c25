import pytest

from ai_artist.errors import PromptError
from ai_artist.prompts import check_prompt


@pytest.mark.parametrize("prompt", ["  a   house ", "ein Haus", "家", "🏠", "بيت", "x" * 200])
def test_any_words_can_be_given(prompt):
    assert check_prompt(prompt) == " ".join(prompt.split())


@pytest.mark.parametrize("prompt", ["", "   ", "x" * 201, "a\x00b", "line\nbreak", b"caf\xe9".decode(errors="surrogateescape"), "\ud800"])
def test_what_cannot_be_drawn_is_said(prompt):
    with pytest.raises(PromptError, match=r"in the prompt|the prompt is"):
        check_prompt(prompt)
    with pytest.raises(PromptError, match="--style"):
        check_prompt(prompt, "--style")
