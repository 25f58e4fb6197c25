"""Whether a perceptor understands words that it was not taught: each synonym's vector should be nearest to its category's."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import torch

from ai_artist.errors import ArtistError
from ai_artist.evaluation.accuracy import Accuracy, plain_accuracy, ranks
from ai_artist.evaluation.words import numbered_lines
from ai_artist.prompts import check_prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ai_artist.perception import Perceptor

BUNDLED_SYNONYMS: Final = Path(__file__).parent / "synonyms.txt"
_most_named: Final = 5


class SynonymsError(ArtistError):
    """A file of synonyms with lines that say nothing of a category."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """A word, and the category that it is another name of."""

    word: str
    category: str


def load_synonyms(path: Path, categories: "Sequence[str]") -> tuple[Synonym, ...]:
    """Read lines `synonym = category`; what comes after a # is a comment.

    Raises SynonymsError naming the lines where a category is not among `categories` (in whatever case), where a synonym is one
    of them itself or is there twice; WordsError where there is no such text.
    """
    names = {name.lower(): name for name in categories}
    found: dict[str, Synonym] = {}
    wrong: list[str] = []
    for number, line in numbered_lines(path):
        word, equals, category = (part.strip() for part in line.partition("="))
        if not (word and equals and category):
            wrong.append(f"line {number}: expected 'synonym = category', got {line!r}")
        elif category.lower() not in names:
            wrong.append(f"line {number}: {category!r} is none of the {len(names)} categories")
        elif word.lower() in names:
            wrong.append(f"line {number}: {word!r} is a category itself, so it is no synonym")
        elif word.lower() in found:
            wrong.append(f"line {number}: {word!r} is there already")
        else:
            try:
                found[word.lower()] = Synonym(check_prompt(word), names[category.lower()])
            except ArtistError as error:
                wrong.append(f"line {number}: {error}")
    if wrong:
        more = f"; and {len(wrong) - _most_named} lines more" if len(wrong) > _most_named else ""
        raise SynonymsError(f"{path}: {'; '.join(wrong[:_most_named])}{more}.")
    if not found:
        raise SynonymsError(f"{path} has no synonyms; expected lines like 'synonym = category'.")
    return tuple(found.values())


def synonym_accuracy(perceptor: "Perceptor", synonyms: "Sequence[Synonym]", categories: "Sequence[str]") -> Accuracy:
    """How often a synonym's category is the nearest of all categories, by the cosine of the perceptor's vectors of the words.

    Every synonym counts the same. Each one's category must be among `categories`.
    """
    names = perceptor.embed_words(categories).cpu()
    words = perceptor.embed_words([synonym.word for synonym in synonyms]).cpu()
    right = torch.tensor([categories.index(synonym.category) for synonym in synonyms])
    return plain_accuracy(ranks(words @ names.T, right))
