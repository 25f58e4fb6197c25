import torch

from ai_artist.torchvision_compat import ensure_torchvision_imports
from ai_artist.training.teacher import common_words
from ai_artist.training.text_tower import encode_text, text_corpus

CONFIG = {
    "embed_dim": 16,
    "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "patch_size": 16, "head_width": 32},
    "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 2},
}


def test_padding_that_is_not_computed_changes_nothing():
    ensure_torchvision_imports()
    from open_clip.model import CLIP
    from open_clip.tokenizer import SimpleTokenizer

    torch.manual_seed(0)
    model = CLIP(**CONFIG).eval()
    tokens = SimpleTokenizer(context_length=16)(["a cat", "a drawing of a hot air balloon", "sun"])
    with torch.no_grad():
        assert torch.allclose(encode_text(model, tokens), model.encode_text(tokens), atol=1e-5)


def test_texts_are_the_words_and_pairs_of_them_once_each():
    texts = text_corpus(["cat", "hot dog"], ["red", "cat", "old"], seed=0)
    assert texts[:4] == ["cat", "hot dog", "red", "old"]
    assert len(texts) == len(set(texts))
    assert any(text.endswith(" hot dog") for text in texts[4:])


def test_common_words_are_words_and_the_rarer_ones_come_last():
    words = common_words(55000)
    assert len(words) == len(set(words)) == 55000
    assert all(word.isascii() and word.isalpha() and len(word) > 2 for word in words)
    assert {"bucket", "pail", "house", "hacksaw"} <= set(words)
    assert words.index("house") < words.index("hacksaw")
