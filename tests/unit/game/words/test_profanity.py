import pytest

from game.words.profanity import ProfanityFilter

censor = ProfanityFilter(["Schlampe im Wald"]).censor


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("oh shit, no", "en", "oh ****, no"), ("che cazzo dici", "it", "che ***** dici"), ("Scheiße!", "de", "*******!"),
        ("merde alors", "fr", "***** alors"),
        ("mierda", "es", "******"), ("caralho", "pt", "*******"), ("oh shit", "it", "oh ****"), ("oh shit", "xx", "oh ****"),
    ],
)  # fmt: skip
def test_bad_words_of_the_language_and_english_ones_are_starred(text, language, shown):
    assert censor(text, language) == shown


@pytest.mark.parametrize("text", ["hello", "Scunthorpe", "assessment", "a class of cockatoos", "🔥 ok", "Schlampe"])
def test_innocent_words_pass(text):
    assert censor(text, "en") == text
