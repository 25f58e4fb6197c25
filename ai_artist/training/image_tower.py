"""Trains doodle-clip's image tower: pictures towards the meaning of their words, under adversarial noise.

Adversarial noise (L2, in pixel space) makes the tower's gradients those that move a drawing towards what people see,
not towards what merely fools it. It costs next to nothing by "free" adversarial training (Shafahi et al. 2019,
arXiv:1904.12843, section 4): each batch is learned from several times in a row, and the gradient that one
pass leaves at the pictures is the noise of the next.
"""

import copy
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import torch
from rich.progress import Progress
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from ai_artist.evaluation.accuracy import Accuracy, macro_accuracy, ranks
from ai_artist.torchvision_compat import ensure_torchvision_imports
from ai_artist.training import shaky_hand
from ai_artist.training.objective import ImageLearner, Targets
from ai_artist.training.sketches import SketchCorpus
from ai_artist.training.team import Team

CHECKPOINT: Final = "image_tower.pt"

Batches = IterableDataset[tuple[Tensor, Tensor]]
"""Endless batches: pictures uint8 [batch, 3, size, size], concept int64 [batch]."""


@dataclass(frozen=True, slots=True)
class Course:
    """How the image tower is trained: the table [image_tower] of the configuration."""

    steps: int
    """Batches."""
    batch: int
    """Pictures in a batch of each process."""
    processes: int
    replays: int
    """How often in a row each batch is learned from; at 1 there is no adversarial noise."""
    radius: float
    """L2, on 3 x size x size values in 0..1: each picture's noise has a random length from 0 to this."""
    learning_rate: float
    """Of Muon, for the weights of convolutions; the rest has AdamW at a tenth of it."""
    weight_decay: float
    other_words: int
    """How many words that the batch does not show it is told apart from, beside all categories."""
    average_decay: float
    """Of the running mean of the weights, which is what is kept."""
    ramp: float = 0.2
    """The part of the course over which the radius grows from 0: attacked from the start, a tower learns slowly."""
    report_every: int = 300
    begin: Literal["bundled", "scratch"] = "bundled"
    """Where no text tower is trained: from the bundled model's image tower, or from a new one beside its words."""


@torch.no_grad()
def accuracy(learner: ImageLearner, pictures: Tensor, sketches: SketchCorpus, targets: Targets) -> Accuracy:
    """How often the sketches' pictures are named among the category names; macro average over categories."""
    learner.eval()
    words = learner.adapter(targets.vectors[: len(sketches.categories)])
    scores = torch.cat([learner.embed(part) @ words.T for part in torch.split(pictures, 256)])
    learner.train()
    right = torch.tensor([sketch.category for sketch in sketches.sketches])
    return macro_accuracy(ranks(scores, right), right)


def attack(gradient: Tensor, radius: float) -> Tensor:
    """Noise up the gradient [N, C, H, W]: each picture's has a random L2 length from 0 to `radius`."""
    length = gradient.flatten(1).norm(dim=1).clamp_min(1e-12)
    noise: Tensor = gradient * (radius * torch.rand(len(gradient)) / length)[:, None, None, None]
    return noise


class Training:
    """The image tower's training as it stands: learner, running mean, optimiser, and how many batches are behind."""

    def __init__(self, learner: ImageLearner, targets: Targets, course: Course, team: Team) -> None:
        ensure_torchvision_imports()
        from timm.optim import Muon

        self.learner, self.targets, self.course, self._team = learner, targets, course, team
        self.average = copy.deepcopy(learner).requires_grad_(False)
        self._parameters = list(learner.parameters())
        weights = [parameter for parameter in self._parameters if parameter.ndim == 4]
        others = [parameter for parameter in self._parameters if parameter.ndim != 4]
        # Muon (Jordan 2024) orthogonalises each step's direction; a small network learns faster with it than with AdamW.
        groups = [
            {"params": weights, "adjust_lr_fn": "original", "nesterov": True, "ns_steps": 3},
            {"params": others, "use_fallback": True, "fallback_lr_scale": 0.1, "betas": (0.9, 0.98)},
        ]
        self._optimizer = Muon(groups, lr=course.learning_rate, weight_decay=course.weight_decay)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._rate)
        self.step, self.loss = 0, 0.0

    def _rate(self, step: int) -> float:
        part = step / self.course.steps
        return min(1.0, part / 0.02 + 0.01) * 0.5 * (1 + math.cos(math.pi * min(1.0, part)))

    @property
    def radius(self) -> float:
        """The largest noise at present."""
        return self.course.radius * min(1.0, self.step / max(1.0, self.course.ramp * self.course.steps))

    def learn(self, pictures: Tensor, concepts: Tensor) -> None:
        """Take one batch: pictures float32 [N, 3, H, W] in 0..1, concepts int64 [N]."""
        candidates = self.targets.sample(concepts, self.course.other_words)
        noise = 0.02 * torch.randn_like(pictures)
        for replay in range(self.course.replays):
            seen = (pictures + noise).clamp(0, 1).requires_grad_(replay < self.course.replays - 1)
            loss = candidates.loss(self.learner.embed(seen), self.learner.adapter(candidates.vectors), self.learner.log_scale.exp())
            self._optimizer.zero_grad()
            torch.autograd.backward(loss)
            if seen.grad is not None:
                noise = attack(seen.grad, self.radius)
            self._team.average(self._parameters)
            nn.utils.clip_grad_norm_(self._parameters, 5.0)
            self._optimizer.step()
            self.loss += (loss.item() - self.loss) / min(100, self.step * self.course.replays + replay + 1)
        self._schedule.step()
        self.step += 1
        decay = min(self.course.average_decay, self.step / (self.step + 10))
        with torch.no_grad():
            for mean, now in zip(self.average.state_dict().values(), self.learner.state_dict().values(), strict=True):
                mean.lerp_(now, 1 - decay) if mean.is_floating_point() else mean.copy_(now)

    def state(self) -> dict[str, Any]:
        """What `resume` goes on from."""
        parts = {"learner": self.learner, "average": self.average, "optimizer": self._optimizer, "schedule": self._schedule}
        return {name: part.state_dict() for name, part in parts.items()} | {"step": self.step, "loss": self.loss}

    def resume(self, state: dict[str, Any]) -> None:
        """Stand where `state` was taken."""
        self.learner.load_state_dict(state["learner"])
        self.average.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        self.step, self.loss = state["step"], state["loss"]


def train_image_tower(training: Training, batches: Batches, validation: SketchCorpus, size: int, run: Path, team: Team) -> None:
    """Train to the end of the course.

    The team's first process shows the progress, and every `report_every` batches it writes the checkpoint `run/image_tower.pt` and a line
    of figures to `run/curve.jsonl`.
    """
    checkpoint, course = run / CHECKPOINT, training.course
    loader = iter(DataLoader(batches, None, num_workers=1, prefetch_factor=4))
    pictures = shaky_hand.shown([sketch.strokes for sketch in validation.sketches], size)
    began, at_first = time.monotonic(), training.step
    with progress_bar(team.rank > 0) as progress:
        bar = progress.add_task("image tower", total=course.steps, completed=training.step)
        while training.step < course.steps:
            batch, concepts = next(loader)
            training.learn(batch.float() / 255, concepts)
            progress.update(bar, completed=training.step, description=f"image tower, loss {training.loss:.2f}")
            due = training.step % course.report_every == 0 or training.step == course.steps
            if due and team.rank == 0:
                named = accuracy(training.average, pictures, validation, training.targets)
                pace = (time.monotonic() - began) / (training.step - at_first)
                figures = {"step": training.step, "loss": training.loss, "radius": training.radius}
                figures |= {"top1": named.top1, "top5": named.top5, "seconds_a_step": pace}
                with (run / "curve.jsonl").open("a") as curve:
                    curve.write(json.dumps(figures) + "\n")
                progress.console.print({name: round(value, 4) for name, value in figures.items()})
                torch.save(training.state(), checkpoint.with_suffix(".new"))
                checkpoint.with_suffix(".new").replace(checkpoint)


def progress_bar(disable: bool = False) -> Progress:
    """The bar that every part of the training shows."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*columns, refresh_per_second=1, disable=disable)
