import pytest
import torch

from ai_artist.devices import choose_device
from ai_artist.errors import DeviceError


@pytest.fixture
def cuda(monkeypatch):
    """Two devices, as far as anybody asks."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: f"Card {index}")


@pytest.fixture
def no_accelerator(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def test_auto_is_the_cpu_without_cuda(no_accelerator):
    assert choose_device() == choose_device("auto") == torch.device("cpu")


def test_auto_is_cuda_where_there_is_one(cuda):
    assert choose_device() == torch.device("cuda")


def test_auto_is_not_mps(no_accelerator, monkeypatch):
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert choose_device() == torch.device("cpu")
    assert choose_device("mps") == torch.device("mps")


@pytest.mark.parametrize("name", ["cpu", "cuda", "cuda:0", "cuda:1"])
def test_a_device_is_taken_by_name(cuda, name):
    assert choose_device(name) == torch.device(name)


@pytest.mark.parametrize("name", ["", "gpu", "tpu", "cuda:", "cuda:x", "cuda:-1", "cpu:1", "CUDA", "cuda:1\n", "cuda:²"])
def test_an_unknown_device_is_named(cuda, name):
    with pytest.raises(DeviceError, match="expected auto, cpu, cuda, cuda:1 or mps"):
        choose_device(name)


def test_a_device_that_is_not_here_is_told_with_what_is(cuda):
    with pytest.raises(DeviceError, match=r"There is no cuda:2 here.*cpu, cuda:0 \(Card 0\), cuda:1 \(Card 1\)"):
        choose_device("cuda:2")


@pytest.mark.parametrize("name", ["cuda", "cuda:0", "mps"])
def test_without_an_accelerator_there_is_only_the_cpu(no_accelerator, name):
    with pytest.raises(DeviceError, match=rf"There is no {name} here\. This machine has: cpu"):
        choose_device(name)
