"""What the image tower learns: to put a picture beside the words for what it shows.

The words' vectors come from a sentence encoder through a small trained adapter, so that words that no picture
shows keep a place beside their neighbours.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

NOTHING = "scribble"
"""What scribbles show, and drawings that nobody can name: a word of its own, told apart from the categories."""


class WordAdapter(nn.Module):
    """Sentence vectors [N, D] to the embedding space [N, embed_dim], unit length.

    The vectors are whitened first: as they come, all of them point much the same way, and a tower that has to tell
    pictures apart among them learns more slowly.
    """

    mean: Tensor
    whiten: Tensor

    def __init__(self, vectors: Tensor, embed_dim: int, hidden: int = 512) -> None:
        """`vectors` float32 [W, D]: those of the words that pictures show, by which to whiten."""
        super().__init__()
        kept = min(embed_dim, *vectors.shape)
        mean = vectors.mean(0)
        _, lengths, directions = torch.linalg.svd(vectors - mean, full_matrices=False)
        # A tenth of the mean length is added, so that directions that say little are not blown up to noise.
        self.register_buffer("mean", mean)
        self.register_buffer("whiten", directions[:kept].T / (lengths[:kept] + 0.1 * lengths[:kept].mean()))
        self.straight = nn.Linear(kept, embed_dim)
        self.bend = nn.Sequential(nn.Linear(kept, hidden), nn.GELU(), nn.Linear(hidden, embed_dim))

    def forward(self, vectors: Tensor) -> Tensor:
        """See the class."""
        white = F.normalize((vectors - self.mean) @ self.whiten, dim=-1)
        return F.normalize(self.straight(white) + self.bend(white), dim=-1)


class WordShift(nn.Module):
    """Lets the categories' words move a little from where a text tower has them, to where pictures tell them apart best.

    All other words stay: whatever meant nearly the same still does.
    """

    def __init__(self, categories: int, embed_dim: int, reach: float = 0.35) -> None:
        """`reach`: how far a unit vector may move; 0.35 leaves a cosine of 0.94 or more."""
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(categories, embed_dim))
        self._reach = reach

    def forward(self, vectors: Tensor) -> Tensor:
        """Word vectors [N, E] whose first rows are the categories', to unit vectors [N, E]."""
        shift = self.shift[: len(vectors)]
        shift = shift * (self._reach / shift.norm(dim=-1, keepdim=True).clamp_min(self._reach))
        return F.normalize(vectors + F.pad(shift, (0, 0, 0, len(vectors) - len(shift))), dim=-1)


def between_neighbours(vectors: Tensor, known: Tensor, adapted: Tensor, categories: int, width: float = 0.03) -> Tensor:
    """Where words go that no picture shows: between the words that mean nearly the same.

    The adapter pulls the words of pictures apart and does what it likes with all others; there a "pail" is no bucket any more.

    vectors     their sentence vectors, unit length [N, D]
    known       those of the words that pictures show [W, D], the `categories` first
    adapted     where the adapter puts these [W, E]
    width       how much less similar a word must be, as a cosine, to count e times less

    Returns unit vectors [N, E]. Half of each is decided among the categories alone, for these are what most pictures show.
    """
    likeness = vectors @ known.T / width
    among_all = F.normalize(likeness.softmax(-1) @ adapted, dim=-1)
    among_categories = F.normalize(likeness[:, :categories].softmax(-1) @ adapted[:categories], dim=-1)
    return F.normalize(among_all + among_categories, dim=-1)


@dataclass(frozen=True, slots=True)
class Targets:
    """Fixed in a run: word vectors [W, D], of which the first `categories` are those that sketches show."""

    vectors: Tensor
    categories: int

    def sample(self, concepts: Tensor, others: int) -> "Candidates":
        """Choose the words that a batch is told apart among: all categories, the batch's own words, some others."""
        by_chance = self.categories + torch.randperm(len(self.vectors) - self.categories)[:others]
        chosen = torch.cat([concepts, by_chance])
        rest = torch.unique(chosen[chosen >= self.categories])
        place = torch.where(concepts < self.categories, concepts, self.categories + torch.searchsorted(rest, concepts))
        vectors = self.vectors[torch.cat([torch.arange(self.categories), rest])]
        return Candidates(vectors, place, torch.softmax(vectors[place] @ vectors.T / 0.05, dim=-1), self.categories)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a batch is told apart among: word vectors [w, D], the categories first."""

    vectors: Tensor
    place: Tensor
    """int64 [batch]: each picture's word among them."""
    soft: Tensor
    """[batch, w]: each picture's label; near synonyms share it."""
    categories: int

    def loss(self, embedded: Tensor, words: Tensor, scale: Tensor) -> Tensor:
        """Cross-entropy of pictures [batch, E] among all words [w, E] plus, for the categories, among those alone."""
        logits = scale * embedded @ words.T
        known = self.place < self.categories
        loss: Tensor = 0.3 * F.cross_entropy(logits, self.soft)
        if known.any():
            loss = loss + F.cross_entropy(logits[known, : self.categories], self.place[known], label_smoothing=0.05)
        return loss


class ImageLearner(nn.Module):
    """The tower with its normalisation and what brings words to its space: what the optimiser holds."""

    def __init__(self, tower: nn.Module, adapter: nn.Module) -> None:
        """`adapter` takes word vectors to unit vectors [N, E], beside those of pictures."""
        super().__init__()
        self.tower = tower.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.adapter = adapter
        self.log_scale = nn.Parameter(torch.tensor(2.7))

    def embed(self, pictures: Tensor) -> Tensor:
        """Pictures float32 [N, 3, H, W] in 0..1 to unit vectors [N, embed_dim]."""
        with torch.autocast("cpu", torch.bfloat16, enabled=_bfloat16_is_faster()):
            features = self.tower((pictures * 2 - 1).contiguous(memory_format=torch.channels_last))
        return F.normalize(features.float(), dim=-1)


def _bfloat16_is_faster() -> bool:
    # Without one of these kinds of instructions bfloat16 is emulated, at less than half of float32's speed.
    return torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
