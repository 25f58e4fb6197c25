"""BigGAN optimisation on a small generator made with the package's own configuration."""

import json
import shutil
import sys

import pytest
import pytorch_pretrained_biggan as biggan
import torch

from ai_artist.artist import Artist
from ai_artist.budget import Iterations
from ai_artist.synthesis.biggan import BigGanCanvas, BigGanMethod, GeneratorError, load_generator


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """A generator for pictures of 32 pixels, with random weights, in the package's own format."""
    folder = tmp_path_factory.mktemp("biggan")
    config = biggan.BigGANConfig(output_dim=32, z_dim=16, class_embed_dim=16, channel_width=8, num_classes=10, attention_layer_position=2)
    # The package's first layer always takes 16 times the channel width, and a block leaves channels as they are or halves them.
    config.layers = [(False, 16, 8), (True, 8, 4), (True, 4, 2), (True, 2, 1)]
    torch.manual_seed(0)
    model = biggan.BigGAN(config)
    with torch.no_grad():  # which the package leaves as memory had it
        model.generator.bn.weight.fill_(1.0)
        model.generator.bn.bias.zero_()
        for _ in range(5):  # spectral norms need some rounds before they are those of their weights
            model(torch.randn(2, 16), torch.softmax(torch.randn(2, 10), -1), 1.0)
    (folder / "config.json").write_text(json.dumps(config.to_dict()))
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    return str(folder)


def test_the_latent_moves_the_weights_do_not_and_the_similarity_rises(weights):
    artist = Artist.load()
    method = BigGanMethod("biggan", "", weights=weights)
    done = artist.synthesize("house", Iterations(40), 0, method)
    assert done.curve[-1].similarity > done.curve[0].similarity
    assert done.note is None
    assert done.drawing is None
    assert done.pixels.shape == (3, 224, 224)


@pytest.mark.parametrize("optimize_class", [False, True])
def test_only_what_is_asked_for_is_optimised(weights, optimize_class):
    generator = load_generator(weights)
    frozen = {name: value.clone() for name, value in generator.state_dict().items()}
    canvas = BigGanCanvas(generator, optimize_class, 2, torch.Generator().manual_seed(0))
    latent, classes = canvas.latent.detach().clone(), canvas.classes.detach().clone()
    for _ in range(3):
        canvas.render(32).square().sum().backward()
        canvas.step(1.0)
    assert not torch.equal(canvas.latent, latent)
    assert torch.equal(canvas.classes, classes) != optimize_class
    assert all(torch.equal(value, frozen[name]) for name, value in generator.state_dict().items())


@pytest.mark.parametrize(("missing", "named"), [("pytorch_pretrained_biggan", "pytorch-pretrained-biggan"), ("scipy.stats", "scipy")])
def test_a_missing_package_is_the_one_that_is_named(monkeypatch, missing, named):
    for name in [name for name in sys.modules if name.partition(".")[0] == "pytorch_pretrained_biggan"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(GeneratorError, match=f"needs the package {named}: pip install"):
        load_generator("biggan-deep-128")


def test_missing_weights_name_both_ways(tmp_path):
    with pytest.raises(GeneratorError, match=r"biggan-deep-256.*folder with config.json"):
        load_generator(str(tmp_path))
    with pytest.raises(GeneratorError, match="biggan-deep-128"):
        load_generator("biggan-deep-64")


def test_weights_of_something_else_are_refused(weights, tmp_path):
    shutil.copy(f"{weights}/config.json", tmp_path)
    torch.save({"fc.weight": torch.zeros(3)}, tmp_path / "pytorch_model.bin")
    with pytest.raises(GeneratorError, match="do not fit"):
        load_generator(str(tmp_path))
    (tmp_path / "pytorch_model.bin").write_bytes(b"broken")
    with pytest.raises(GeneratorError, match="could not be had"):
        load_generator(str(tmp_path))
