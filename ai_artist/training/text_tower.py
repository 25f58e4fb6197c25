"""Trains doodle-clip's text tower to say what the sentence encoder and the trained adapter say together.

After it any words can be given, and the encoder is no longer needed.
"""

import random as python_random
from collections.abc import Callable, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from rich.progress import Progress
from torch import Tensor, nn

_sentences = ("{}", "{}", "a {}", "the {}", "a drawing of a {}", "a sketch of a {}", "a picture of a {}", "a doodle of a {}", "many {}")


def text_corpus(words: Sequence[str], common_words: Sequence[str], seed: int) -> list[str]:
    """What the tower shall understand: the words that pictures show, common English words, and pairs of these."""
    random = python_random.Random(seed)
    pairs = [f"{random.choice(common_words)} {random.choice(words)}" for _ in range(len(words))]
    return list(dict.fromkeys([*words, *common_words, *pairs]))


def encode_text(model: Any, tokens: Tensor) -> Tensor:
    """What `model.encode_text` gives of tokens int64 [N, L], [N, D], without computing what pads the longest of them."""
    tokens = tokens[:, : int(tokens.argmax(-1).max()) + 1]  # the mark of the end has the highest number
    length = tokens.shape[1]
    embedded = model.token_embedding(tokens) + model.positional_embedding[:length]
    seen = model.ln_final(model.transformer(embedded, attn_mask=model.attn_mask[:length, :length]))
    encoded: Tensor = seen[torch.arange(len(tokens)), tokens.argmax(-1)] @ model.text_projection
    return encoded


def train_text_tower(
    encode: Callable[[Tensor], Tensor],
    parameters: Sequence[nn.Parameter],
    tokenize: Callable[[list[str]], Tensor],
    texts: Sequence[str],
    targets: Tensor,
    important: int,
    config: dict,  # type: ignore[type-arg]
    progress: Progress,
) -> None:
    """Bring `encode(tokenize(text))` to the unit vectors `targets` float32 [len(texts), D].

    The first `important` texts (the sketch categories) fill a quarter of every batch; every text comes in several sentences.
    """
    random = python_random.Random(0)
    optimizer = torch.optim.AdamW(parameters, config["learning_rate"], weight_decay=0.01, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, config["learning_rate"], config["steps"], pct_start=0.05)
    bar = progress.add_task("text tower", total=config["steps"])
    running = 1.0
    for _ in range(config["steps"]):
        quarter = config["batch"] // 4
        chosen = random.choices(range(important), k=quarter) + random.choices(range(len(texts)), k=config["batch"] - quarter)
        sentence = random.choice(_sentences)  # one for all, that no short text waits for a long one
        tokens = tokenize([sentence.format(texts[index]) for index in chosen])
        embedded = F.normalize(encode(tokens).float(), dim=-1)
        loss = (1 - (embedded * targets[chosen]).sum(-1)).mean()
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        running = 0.98 * running + 0.02 * loss.item()
        progress.update(bar, advance=1, description=f"text tower, 1 - cosine {running:.3f}")
