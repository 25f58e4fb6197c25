"""A checkpoint is numbers: whatever would run when it is read is refused, and does not run."""

import json
import os
import pickle
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from ai_artist.errors import PerceptorError
from ai_artist.perception import load_perceptor
from ai_artist.perception.torchscript import read_torchscript_weights
from ai_artist.synthesis.biggan import GeneratorError, load_generator
from ai_artist.training.corpus import read_corpus
from tests.conftest import REPOSITORY

from .conftest import save_folder


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = str(place)

    def __reduce__(self):
        return os.mkdir, (self.place,)


class Scripted(torch.nn.Module):
    """TorchScript that writes a file when it is loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("logit_scale", torch.zeros(1))

    def forward(self, numbers):
        return numbers

    @torch.jit.export
    def __getstate__(self):
        return (self.logit_scale, self.training)

    @torch.jit.export
    def __setstate__(self, state: tuple[torch.Tensor, bool]):
        self.logit_scale = state[0]
        self.training = state[1]
        torch.save(state[0], "sprung")


@pytest.fixture
def sprung(tmp_path, monkeypatch) -> Path:
    """What is there when a trap was sprung."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "sprung"


def write(form: str, file: Path, sprung: Path) -> None:
    trap = Trap(sprung)
    match form:
        case "zipped":
            torch.save({"state_dict": {"logit_scale": torch.zeros(1), "trap": trap}}, file)
        case "torch's old form":
            torch.save({"logit_scale": trap}, file, _use_new_zipfile_serialization=False)
        case "pickle":
            file.write_bytes(pickle.dumps({"state_dict": trap}))
        case "numpy":
            with file.open("wb") as target:
                np.savez(target, params=np.array([trap], dtype=object))
        case "torchscript":
            torch.jit.script(Scripted()).save(str(file))
            sprung.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("form", "name"),
    [("zipped", "w.pt"), ("zipped", "w.bin"), ("torch's old form", "w.pt"), ("pickle", "w.pt"), ("pickle", "w.safetensors"),
     ("numpy", "w.npz"), ("torchscript", "w.pt")],
)  # fmt: skip
def test_a_perceptors_checkpoint_runs_nothing(form, name, tiny, tmp_path, sprung):
    write(form, tmp_path / name, sprung)
    with pytest.raises(PerceptorError, match="cannot be loaded; is it an open_clip checkpoint of this model"):
        load_perceptor(f"Tiny:{tmp_path / name}")
    assert not sprung.exists()


def test_a_folders_checkpoint_runs_nothing(tiny, tmp_path, sprung):
    folder = save_folder(tmp_path / "model")
    write("zipped", folder / "open_clip_pytorch_model.bin", sprung)
    with pytest.raises(PerceptorError, match="cannot be loaded"):
        load_perceptor(f"local-dir:{folder}")
    assert not sprung.exists()


def test_a_generators_checkpoint_runs_nothing(tmp_path, sprung):
    biggan = pytest.importorskip("pytorch_pretrained_biggan")
    config = biggan.BigGANConfig(output_dim=32, z_dim=16, class_embed_dim=16, channel_width=8, num_classes=10, attention_layer_position=2)
    config.layers = [(False, 16, 8), (True, 8, 4), (True, 4, 2), (True, 2, 1)]
    (tmp_path / "config.json").write_text(json.dumps(config.to_dict()))
    write("zipped", tmp_path / "pytorch_model.bin", sprung)
    with pytest.raises(GeneratorError, match="could not be had"):
        load_generator(str(tmp_path))
    assert not sprung.exists()


def test_what_training_reads_runs_nothing(tmp_path, sprung):
    write("zipped", tmp_path / "corpus.pt", sprung)
    with pytest.raises(pickle.UnpicklingError, match="Weights only"):
        read_corpus(tmp_path / "corpus.pt")
    assert not sprung.exists()


def test_the_traps_can_be_sprung(tmp_path, sprung):
    write("zipped", tmp_path / "w.pt", sprung)
    torch.load(tmp_path / "w.pt", weights_only=False)
    assert sprung.is_dir()
    shutil.rmtree(sprung)
    write("torchscript", tmp_path / "w.pt", sprung)
    torch.jit.load(tmp_path / "w.pt")
    assert sprung.is_file()


def test_all_of_the_artist_loads_weights_alone():
    """torch.load never without weights_only, and nothing else that can run; but for a judge, which is a program."""
    for file in sorted((REPOSITORY / "ai_artist").rglob("*.py")):
        code = file.read_text(encoding="utf-8")
        assert [load for load in re.findall(r"torch\.load\(.*", code) if "weights_only=True" not in load] == [], file
        runs = re.findall(r"jit\.load\(|pickle\.loads?\(|allow_pickle=True|joblib", code)
        assert runs == (["jit.load("] if file.name == "judge.py" else []), file


class Nested(torch.nn.Module):
    """Something of everything that an archive of weights may hold."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Linear(3, 2, bias=False).half())
        self.norm = torch.nn.BatchNorm1d(2)
        self.tied = self.layers[0].weight
        self.register_buffer("mask", torch.tensor([True, False]))
        self.register_buffer("view", torch.arange(12).reshape(3, 4)[:, 1::2])
        self.no_weight = torch.zeros(3)
        self.counts, self.names = [1, 2], {"a": 1.0}

    def forward(self, numbers):
        return self.layers(numbers) * self.counts[0] * self.names["a"] + self.no_weight.sum()


def test_torchscript_is_read_as_torch_reads_it(tmp_path):
    torch.jit.script(Nested()).save(str(tmp_path / "w.pt"))
    expected, read = torch.jit.load(tmp_path / "w.pt").state_dict(), read_torchscript_weights(tmp_path / "w.pt")
    assert read.keys() == expected.keys()
    assert len(read) > 8
    for name, value in expected.items():
        assert read[name].dtype == value.dtype
        assert torch.equal(read[name], value), name
