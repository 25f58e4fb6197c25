"""What a run trains on, rendered and embedded once: kept in the run's folder, so that every process can map it and a resumed run starts at once."""

from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from ai_artist.training.batches import Concepts
from ai_artist.training.icons import IconCorpus, load_icons
from ai_artist.training.objective import Targets
from ai_artist.training.packing import Packed
from ai_artist.training.sketches import SketchCorpus
from ai_artist.training.teacher import concept_vectors

_format = 2
"""Of the file; part of its name, so that one of another format is made anew."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Icons, and the words of all pictures with their sentence vectors."""

    icons: IconCorpus
    concepts: Concepts
    targets: Targets


def prepare_corpus(sketches: SketchCorpus, packages: Path, size: int, folder: Path) -> Path:
    """Render the icons under `packages` at `size` and embed all words; return the file, which is made only if it is not there.

    Raises FileNotFoundError if there are no icon packages.
    """
    file = folder / f"corpus-{_format}-{size}.pt"
    if not file.exists():
        icons = load_icons(packages, sketches.categories, size)
        concepts = Concepts.of(sketches, icons)
        content = {
            "pictures": torch.from_numpy(icons.pictures),
            "name": torch.from_numpy(icons.name),
            "coloured": torch.from_numpy(icons.coloured),
            "lines": {name: torch.from_numpy(array) for name, array in icons.lines._asdict().items()},
            "names": list(icons.names),
            "concepts": asdict(concepts) | {"words": list(concepts.words)},
            "vectors": concept_vectors(concepts.words),
        }
        torch.save(content, file.with_suffix(".new"))
        file.with_suffix(".new").replace(file)
    return file


def read_corpus(file: Path) -> Corpus:
    """Map what `prepare_corpus` made."""
    content = torch.load(file, weights_only=True, mmap=True)
    lines = Packed(**{name: array.numpy() for name, array in content["lines"].items()})
    icons = IconCorpus(content["pictures"].numpy(), content["name"].numpy(), content["coloured"].numpy(), lines, tuple(content["names"]))
    concepts = Concepts(tuple(content["concepts"]["words"]), content["concepts"]["categories"])
    return Corpus(icons, concepts, Targets(content["vectors"].clone(), concepts.categories))
