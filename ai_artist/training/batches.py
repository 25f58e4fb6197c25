"""Batches of pictures with the concept that each shows: people's sketches, icons, and scribbles that show nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch.utils.data import IterableDataset

from ai_artist.training import shaky_hand
from ai_artist.training.icons import IconCorpus
from ai_artist.training.objective import NOTHING
from ai_artist.training.scribbles import scribble
from ai_artist.training.sketches import SketchCorpus


@dataclass(frozen=True, slots=True)
class Concepts:
    """All words that some picture shows: the sketch categories, then what scribbles show, then the icons' other names."""

    words: tuple[str, ...]
    categories: int
    """How many of them are told apart at every step: the sketch categories and `NOTHING`."""

    @classmethod
    def of(cls, sketches: SketchCorpus, icons: IconCorpus) -> "Concepts":
        """Number the words of both corpora."""
        first = (*sketches.categories, NOTHING)
        return cls(first + tuple(name for name in icons.names if name not in set(first)), len(first))


@dataclass(frozen=True, slots=True)
class Mixture:
    """What a batch is made of: the table [mixture] of the configuration. The rest are icons."""

    sketches: float = 0.5
    scribbles: float = 0.03


class PictureBatches(IterableDataset[tuple[torch.Tensor, torch.Tensor]]):
    """Endless batches: pictures uint8 [batch, 3, size, size] on white, concept int64 [batch]."""

    def __init__(
        self,
        sketches: SketchCorpus,
        icons: IconCorpus,
        mixture: Mixture,
        batch: int,
        size: int,
        seed: Sequence[int],
        negatives: NDArray[np.uint8] | None = None,
    ) -> None:
        """`negatives` uint8 [N, size, size, 3]: drawings that nobody can name, which take half of the scribbles' place."""
        self._sketches, self._icons, self._batch, self._size, self._seed, self._negatives = sketches, icons, batch, size, seed, negatives
        concepts = Concepts.of(sketches, icons)
        concept = {word: index for index, word in enumerate(concepts.words)}
        self._nothing = concept[NOTHING]
        self._icon_concept = np.array([concept[name] for name in icons.names], np.int64)[icons.name]
        # Seen equally often by kind: a word with a hundred icons is not a hundred times as important.
        count = np.bincount(self._icon_concept)[self._icon_concept]
        weight = np.where(self._icon_concept < len(sketches.categories), 2.0, 1.0) / np.sqrt(count)
        self._icon_weight = weight / weight.sum()
        self._of_sketches, self._of_scribbles = round(mixture.sketches * batch), round(mixture.scribbles * batch)

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        worker = torch.utils.data.get_worker_info()
        torch.set_num_threads(1)
        random = np.random.default_rng((*self._seed, worker.id if worker else 0))
        order: list[int] = []
        while True:
            while len(order) < self._of_sketches:
                order.extend(random.permutation(len(self._sketches.sketches)).tolist())
            chosen, order = order[: self._of_sketches], order[self._of_sketches :]
            drawn = [self._sketches.sketches[index] for index in chosen]
            negatives = self._chosen_negatives(random)
            scribbles = [scribble(self._sketches, random) for _ in range(self._of_scribbles - len(negatives))]
            icons = self._batch - self._of_sketches - self._of_scribbles
            picked = random.choice(len(self._icon_weight), icons, p=self._icon_weight) if icons else np.zeros(0, np.int64)
            # An icon of lines is drawn by the shaky hand as often as not: it is a sketch of its word then.
            lines = {index: self._icons.lines.drawing(index) for index in picked.tolist()}
            by_hand = np.array([bool(lines[index]) for index in picked.tolist()], np.bool_) & (random.random(icons) < 0.5)
            traced = [lines[index] for index in picked[by_hand].tolist()]
            strokes = [shaky_hand.redraw(each, random) for each in (*(sketch.strokes for sketch in drawn), *traced)] + scribbles
            ink = np.stack([shaky_hand.render(each, self._size, _line_width(random)) for each in strokes])
            pictures = torch.cat([_coloured(ink, random), 1 - _moved(negatives, random), self._augmented_icons(picked[~by_hand], random)])
            concepts = np.concatenate([
                [sketch.category for sketch in drawn],
                self._icon_concept[picked[by_hand]],
                np.full(self._of_scribbles, self._nothing),
                self._icon_concept[picked[~by_hand]],
            ])  # fmt: skip
            yield (pictures * 255).round().to(torch.uint8), torch.from_numpy(concepts).long()

    def _chosen_negatives(self, random: np.random.Generator) -> torch.Tensor:
        if self._negatives is None:
            return torch.zeros(0, 3, self._size, self._size)
        picked = self._negatives[random.integers(len(self._negatives), size=self._of_scribbles // 2)]
        return torch.from_numpy(picked).permute(0, 3, 1, 2).float() / 255

    def _augmented_icons(self, picked: np.ndarray, random: np.random.Generator) -> torch.Tensor:
        pictures = torch.from_numpy(self._icons.pictures[picked]).permute(0, 3, 1, 2).float() / 255
        outline = torch.from_numpy((random.random(len(picked)) < 0.35) & ~self._icons.coloured[picked])
        grey = pictures.mean(1, keepdim=True)
        edge = 1 - (F.max_pool2d(grey, 3, 1, 1) + F.max_pool2d(-grey, 3, 1, 1))
        pictures = torch.where(outline[:, None, None, None], edge.expand_as(pictures), pictures)
        colourless = torch.from_numpy(random.random(len(picked)) < 0.5)
        pictures = torch.where(colourless[:, None, None, None], pictures.mean(1, keepdim=True), pictures)
        ink = _moved(pictures, random)
        opacity = torch.from_numpy(random.uniform(0.5, 1, len(picked))).float()
        return 1 - ink * opacity[:, None, None, None]


def _line_width(random: np.random.Generator) -> float:
    return float(np.exp(random.uniform(np.log(0.8), np.log(4.0))))


def _coloured(ink: np.ndarray, random: np.random.Generator) -> torch.Tensor:
    """Ink uint8 [N, size, size] to pictures [N, 3, size, size]: most black on white, some in colour or faint."""
    count = len(ink)
    colour = random.uniform(0, 0.8, (count, 3)) * (random.random((count, 1)) < 0.3)
    opacity = random.uniform(0.5, 1, count)
    coverage = torch.from_numpy(ink).float()[:, None] / 255 * torch.from_numpy(opacity).float()[:, None, None, None]
    return 1 - coverage * (1 - torch.from_numpy(colour).float()[:, :, None, None])


def _moved(pictures: torch.Tensor, random: np.random.Generator) -> torch.Tensor:
    """The ink (1 - RGB) of each picture [N, 3, size, size], turned, stretched, sheared, tilted and shifted."""
    count, _, size, _ = pictures.shape
    angle = random.normal(0, 0.15, count)
    zoom = 1 / random.uniform(0.6, 1.05, count)
    stretch = np.exp(random.normal(0, 0.1, (count, 2)))
    mirror = np.where(random.random(count) < 0.5, -1, 1)
    matrix = np.zeros((count, 3, 3))
    matrix[:, 0, 0] = np.cos(angle) * zoom * stretch[:, 0] * mirror
    matrix[:, 0, 1] = -np.sin(angle) * zoom + random.normal(0, 0.1, count)
    matrix[:, 1, 0] = np.sin(angle) * zoom * mirror
    matrix[:, 1, 1] = np.cos(angle) * zoom * stretch[:, 1]
    matrix[:, :2, 2] = random.uniform(-0.25, 0.25, (count, 2))
    matrix[:, 2, :2] = random.normal(0, 0.05, (count, 2))
    matrix[:, 2, 2] = 1
    ticks = (torch.arange(size).float() + 0.5) / size * 2 - 1
    y, x = torch.meshgrid(ticks, ticks, indexing="ij")
    grid = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3) @ torch.from_numpy(matrix).float().transpose(1, 2)
    grid = (grid[..., :2] / grid[..., 2:]).view(count, size, size, 2)
    return F.grid_sample(1 - pictures, grid, align_corners=False)
