"""Trains doodle-clip's image tower: pictures towards the meaning of their words, under adversarial noise.

The words' vectors come from a sentence encoder through a small trained adapter, so that words that no picture
shows keep a place beside their neighbours; the text tower learns the adapted vectors afterwards. Adversarial noise
(one gradient step in pixel space, L2) makes the tower's gradients those that move a drawing towards what people
see, not towards what merely fools it.
"""

import copy
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from rich.progress import Progress
from torch import nn
from torch.utils.data import DataLoader

from ai_artist.training import shaky_hand
from ai_artist.training.batches import PictureBatches
from ai_artist.training.icons import IconCorpus
from ai_artist.training.sketches import SketchCorpus


class WordAdapter(nn.Module):
    """Sentence vectors [N, 384] to the embedding space [N, embed_dim], unit length."""

    def __init__(self, embed_dim: int, sentence_dim: int = 384) -> None:
        super().__init__()
        self.straight = nn.Linear(sentence_dim, embed_dim)
        self.bend = nn.Sequential(nn.Linear(sentence_dim, 512), nn.GELU(), nn.Linear(512, embed_dim))

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        """See the class."""
        return F.normalize(self.straight(vectors) + self.bend(vectors), dim=-1)


class ImageLearner(nn.Module):
    """The tower with its normalisation and the adapter: what the optimiser holds."""

    def __init__(self, tower: nn.Module, embed_dim: int) -> None:
        super().__init__()
        self.tower = tower
        self.adapter = WordAdapter(embed_dim)
        self.log_scale = nn.Parameter(torch.tensor(2.7))

    def embed(self, pictures: torch.Tensor) -> torch.Tensor:
        """Pictures float32 [N, 3, H, W] in 0..1 to unit vectors [N, embed_dim]."""
        with torch.autocast("cpu", torch.bfloat16):
            features = self.tower((pictures * 2 - 1).contiguous(memory_format=torch.channels_last))
        return F.normalize(features.float(), dim=-1)


@dataclass(frozen=True, slots=True)
class Targets:
    """Fixed per run: word vectors [W, 384], of which the first `categories` are the sketch categories."""

    vectors: torch.Tensor
    categories: int

    def sample(self, concepts: torch.Tensor, others: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Choose the words that a batch is told apart among: all categories, the batch's own words, some others.

        Returns their vectors [w, 384], each picture's place among them int64 [batch], and its soft label [batch, w]:
        near synonyms share it.
        """
        chosen = torch.cat([concepts, torch.randint(self.categories, len(self.vectors), (others,))])
        rest = torch.unique(chosen[chosen >= self.categories])
        candidates = torch.cat([torch.arange(self.categories), rest])
        place = torch.where(concepts < self.categories, concepts, self.categories + torch.searchsorted(rest, concepts))
        vectors = self.vectors[candidates]
        return vectors, place, torch.softmax(vectors[place] @ vectors.T / 0.05, dim=-1)


def loss_of(
    embedded: torch.Tensor, words: torch.Tensor, scale: torch.Tensor, place: torch.Tensor, soft: torch.Tensor, categories: int
) -> torch.Tensor:
    """Cross-entropy of pictures [batch, D] among all words [w, D] plus, for sketch categories, among those alone."""
    logits = scale * embedded @ words.T
    known = place < categories
    among_categories = F.cross_entropy(logits[known, :categories], place[known], label_smoothing=0.05)
    loss: torch.Tensor = 0.3 * F.cross_entropy(logits, soft) + among_categories
    return loss


def adversarial(
    embed: Callable[[torch.Tensor], torch.Tensor], loss: Callable[[torch.Tensor], torch.Tensor], pictures: torch.Tensor, radius: float
) -> torch.Tensor:
    """One step up the loss, at most `radius` (L2) from each picture [N, C, H, W], a random part of it for each."""
    noisy = (pictures + 0.02 * torch.randn_like(pictures)).requires_grad_()
    (gradient,) = torch.autograd.grad(loss(embed(noisy)), noisy)
    length = gradient.flatten(1).norm(dim=1).clamp_min(1e-12)
    step = radius * torch.rand(len(pictures)) / length
    attacked: torch.Tensor = (pictures + step[:, None, None, None] * gradient).clamp(0, 1).detach()
    return attacked


@torch.no_grad()
def accuracy(learner: ImageLearner, sketches: SketchCorpus, targets: Targets, size: int) -> tuple[float, float]:
    """Macro-averaged top-1 and top-5 of whole sketches among the category names."""
    learner.eval()
    words = learner.adapter(targets.vectors[: targets.categories])
    hits = torch.zeros(2, targets.categories)
    seen = torch.zeros(targets.categories)
    for start in range(0, len(sketches.sketches), 256):
        part = sketches.sketches[start : start + 256]
        ink = torch.stack([torch.from_numpy(shaky_hand.render(shaky_hand.fit(s.strokes), size, 2.0)) for s in part])
        pictures = (1 - ink.float() / 255)[:, None].expand(-1, 3, -1, -1)
        ranked = (learner.embed(pictures) @ words.T).topk(5).indices
        for sketch, guesses in zip(part, ranked.tolist(), strict=True):
            seen[sketch.category] += 1
            hits[0, sketch.category] += guesses[0] == sketch.category
            hits[1, sketch.category] += sketch.category in guesses
    learner.train()
    top1, top5 = (hits / seen.clamp_min(1)).sum(1) / (seen > 0).sum()
    return float(top1), float(top5)


def train_image_tower(
    tower: nn.Module,
    embed_dim: int,
    training: SketchCorpus,
    validation: SketchCorpus,
    icons: IconCorpus,
    targets: Targets,
    config: dict,  # type: ignore[type-arg]
    size: int,
    seed: int,
    run: Path,
    progress: Progress,
) -> ImageLearner:
    """Train, resuming from `run/image_tower.pt` if it is there; return the averaged learner.

    Writes a line of figures to `run/curve.jsonl` and the checkpoint every 300 steps.
    """
    torch.manual_seed(seed)
    learner = ImageLearner(tower.to(memory_format=torch.channels_last), embed_dim)  # type: ignore[call-overload]
    average = copy.deepcopy(learner).requires_grad_(False)
    optimizer = torch.optim.AdamW(learner.parameters(), config["learning_rate"], weight_decay=config["weight_decay"], betas=(0.9, 0.98))
    steps = config["steps"]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config["learning_rate"], steps, pct_start=0.05)
    start, checkpoint = 0, run / "image_tower.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        for name, part in (("learner", learner), ("average", average), ("optimizer", optimizer), ("schedule", schedule)):
            part.load_state_dict(state[name])
        start = state["step"]
    loader = iter(DataLoader(PictureBatches(training, icons, config["batch"], size, seed + start), None, num_workers=1, prefetch_factor=4))
    bar = progress.add_task("image tower", total=steps, completed=start)
    began, running = time.monotonic(), 0.0
    for step in range(start + 1, steps + 1):
        pictures_uint8, concepts = next(loader)
        pictures = pictures_uint8.float() / 255
        vectors, place, soft = targets.sample(concepts, config["other_words"])
        words, scale = learner.adapter(vectors), learner.log_scale.exp()
        fixed = partial(loss_of, words=words.detach(), scale=scale.detach(), place=place, soft=soft, categories=targets.categories)
        radius = config["radius"] * min(1.0, step / (0.2 * steps))
        attacked = adversarial(learner.embed, fixed, pictures, radius)
        loss = loss_of(learner.embed(attacked), words, scale, place, soft, targets.categories)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(learner.parameters(), 5.0)
        optimizer.step()
        schedule.step()
        running += (loss.item() - running) / min(step - start, 100)
        decay = min(config["average_decay"], step / (step + 10))
        with torch.no_grad():
            for mean, now in zip(average.state_dict().values(), learner.state_dict().values(), strict=True):
                mean.lerp_(now, 1 - decay) if mean.is_floating_point() else mean.copy_(now)
        progress.update(bar, advance=1, description=f"image tower, loss {running:.2f}")
        if step % 300 == 0 or step == steps:
            top1, top5 = accuracy(average, validation, targets, size)
            line = {"step": step, "loss": running, "top1": top1, "top5": top5, "seconds": time.monotonic() - began}
            with (run / "curve.jsonl").open("a") as curve:
                curve.write(json.dumps(line) + "\n")
            progress.console.print(line)
            torch.save(
                {
                    "learner": learner.state_dict(),
                    "average": average.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "step": step,
                },
                checkpoint,
            )
    return average.eval()
