"""What is optimised: several candidate pictures side by side, each made of tensors that gradients move."""

from abc import ABC, abstractmethod

import torch
from torch import Tensor


class DivergedError(ArithmeticError):
    """The loss or a gradient was not a number; the canvas holds again what it held when it last was one."""


class Canvas(ABC):
    """Candidate pictures and the optimiser that moves them.

    A subclass makes its tensors in __init__, each with the candidates as its first dimension, and hands those that are
    optimised to `_optimize`; it says how they are rendered, and in `_limit` where they may not go.
    """

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self._names: list[str] = []
        self._groups: dict[str, tuple[float, bool]] = {}
        self._optimizer: torch.optim.Adam | None = None
        self._good: dict[str, Tensor] = {}

    def _hold(self, name: str, tensor: Tensor) -> None:
        """Keep a tensor that goes with the candidates but is not optimised."""
        setattr(self, name, tensor.to(self.device))
        self._names.append(name)

    def _optimize(self, name: str, tensor: Tensor, rate: float, annealed: bool = False) -> None:
        """Keep a tensor that is optimised by Adam at this learning rate; only `annealed` ones follow the schedule."""
        self._hold(name, tensor.detach().clone())
        getattr(self, name).requires_grad_()
        self._groups[name] = (rate, annealed)

    @abstractmethod
    def render(self, size: int) -> Tensor:
        """Paint all candidates: float32 [candidates, 3, size, size], RGB in 0..1; differentiable."""

    @abstractmethod
    def _limit(self) -> None:
        """Bring the tensors back to where they may be, in place; called without gradients after each step."""

    @property
    def candidates(self) -> int:
        """How many pictures there are."""
        first: Tensor = getattr(self, self._names[0])
        return len(first)

    def step(self, rate: float, anneal: float = 1.0) -> None:
        """Move down the gradients at `rate` times the learning rates, and `anneal` times that for those that are annealed.

        The gradients are those that have flowed back since the last step, and are used up. Raises DivergedError if one is not a number:
        nothing moves then, and the last good state is back.
        """
        optimizer = self._adam()
        for group in optimizer.param_groups:
            own, annealed = self._groups[group["name"]]
            group["lr"] = rate * own * (anneal if annealed else 1.0)
        gradients = [getattr(self, name).grad for name in self._groups]
        # One number instead of many checks: a sum is finite only if all its parts are.
        if not all(bool(torch.isfinite(gradient.abs().sum())) for gradient in gradients if gradient is not None):
            self.restore()
            raise DivergedError("a gradient was not a number")
        with torch.no_grad():
            self._good = {name: getattr(self, name).clone() for name in self._groups}
            optimizer.step()
            self._limit()
        optimizer.zero_grad()

    @torch.no_grad()
    def restore(self) -> None:
        """Go back to the tensors before the last step, the newest of which the loss is known to have been a number; forget all gradients."""
        self._adam().zero_grad()
        for name, tensor in self._good.items():
            getattr(self, name).copy_(tensor)

    def keep(self, candidates: Tensor) -> None:
        """Go on with these candidates alone: int64 [those]."""
        self._rearrange(candidates.to(self.device), 0)

    def _adam(self) -> torch.optim.Adam:
        if self._optimizer is None:
            self._optimizer = torch.optim.Adam([{"params": [getattr(self, name)], "name": name} for name in self._groups])
        return self._optimizer

    def _rearrange(self, index: Tensor, dim: int) -> None:
        """Take these entries of every tensor, and of what the optimiser remembers about it."""
        optimizer = self._adam()
        for name in self._names:
            old: Tensor = getattr(self, name)
            new = old.detach().index_select(dim, index).requires_grad_(old.requires_grad)
            setattr(self, name, new)
            if name in self._good:
                self._good[name] = self._good[name].index_select(dim, index)
            memory = optimizer.state.pop(old, None)
            if memory is not None:
                optimizer.state[new] = {key: value.index_select(dim, index) if value.dim() else value for key, value in memory.items()}
            for group in optimizer.param_groups:
                group["params"] = [new if param is old else param for param in group["params"]]
