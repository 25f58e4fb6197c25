"""Batches of pictures with the concept that each shows: half people's sketches, half icons."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch.utils.data import IterableDataset

from ai_artist.training import shaky_hand
from ai_artist.training.icons import IconCorpus
from ai_artist.training.sketches import SketchCorpus


@dataclass(frozen=True, slots=True)
class Concepts:
    """All words that some picture shows: the sketch categories first, then the icons' other names."""

    words: tuple[str, ...]
    categories: int

    @classmethod
    def of(cls, sketches: SketchCorpus, icons: IconCorpus) -> "Concepts":
        """Number the words of both corpora."""
        known = set(sketches.categories)
        return cls(sketches.categories + tuple(name for name in icons.names if name not in known), len(known))


class PictureBatches(IterableDataset[tuple[torch.Tensor, torch.Tensor]]):
    """Endless batches: pictures uint8 [batch, 3, size, size] on white, concept int64 [batch]."""

    def __init__(self, sketches: SketchCorpus, icons: IconCorpus, batch: int, size: int, seed: int) -> None:
        self._sketches, self._icons, self._batch, self._size, self._seed = sketches, icons, batch, size, seed
        concept = {word: index for index, word in enumerate(Concepts.of(sketches, icons).words)}
        self._icon_concept = np.array([concept[name] for name in icons.names])[icons.name]
        # Seen equally often by kind: a word with a hundred icons is not a hundred times as important.
        count = np.bincount(self._icon_concept)[self._icon_concept]
        weight = np.where(self._icon_concept < len(sketches.categories), 2.0, 1.0) / np.sqrt(count)
        self._icon_weight = weight / weight.sum()

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        worker = torch.utils.data.get_worker_info()
        torch.set_num_threads(1)
        random = np.random.default_rng((self._seed, worker.id if worker else 0))
        half = self._batch // 2
        order: list[int] = []
        while True:
            while len(order) < half:
                order.extend(random.permutation(len(self._sketches.sketches)).tolist())
            chosen, order = order[:half], order[half:]
            drawn = [self._sketches.sketches[index] for index in chosen]
            ink = np.stack([shaky_hand.render(shaky_hand.redraw(s.strokes, random), self._size, _line_width(random)) for s in drawn])
            picked = random.choice(len(self._icons.name), self._batch - half, p=self._icon_weight)
            pictures = torch.cat([_coloured(ink, random), self._augmented_icons(picked, random)])
            concepts = np.concatenate([[s.category for s in drawn], self._icon_concept[picked]])
            yield (pictures * 255).round().to(torch.uint8), torch.from_numpy(concepts).long()

    def _augmented_icons(self, picked: np.ndarray, random: np.random.Generator) -> torch.Tensor:
        pictures = torch.from_numpy(self._icons.pictures[picked]).permute(0, 3, 1, 2).float() / 255
        outline = torch.from_numpy((random.random(len(picked)) < 0.35) & ~self._icons.coloured[picked])
        grey = pictures.mean(1, keepdim=True)
        edge = 1 - (F.max_pool2d(grey, 3, 1, 1) + F.max_pool2d(-grey, 3, 1, 1))
        pictures = torch.where(outline[:, None, None, None], edge.expand_as(pictures), pictures)
        colourless = torch.from_numpy(random.random(len(picked)) < 0.5)
        pictures = torch.where(colourless[:, None, None, None], pictures.mean(1, keepdim=True), pictures)
        ink = 1 - _moved(pictures, random)
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
    """Turn, stretch, shear, tilt and shift each picture; what comes in from outside is white."""
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
    return 1 - F.grid_sample(1 - pictures, grid, align_corners=False)
