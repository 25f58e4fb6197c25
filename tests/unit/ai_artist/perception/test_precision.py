import contextlib

import pytest
import torch

from ai_artist.errors import PerceptorError
from ai_artist.perception import load_perceptor
from ai_artist.perception.precision import autocast_dtype

CPU, CUDA = torch.device("cpu"), torch.device("cuda", 0)


@pytest.fixture(scope="module")
def exact():
    return load_perceptor(device="cpu", precision="fp32")


def similarity_and_gradient(perceptor, pictures, strength=1.0):
    pictures = pictures.clone().requires_grad_()
    similarity = perceptor.embed_pictures(pictures) @ perceptor.embed_words(["house"])[0]
    (gradient,) = torch.autograd.grad(strength * similarity.sum(), pictures)
    return similarity.detach(), gradient


@pytest.mark.parametrize("precision", ["bf16", "fp16"])
@pytest.mark.parametrize("strength", [1.0, 1e-6])
def test_half_the_bits_see_and_teach_nearly_the_same(exact, precision, strength):
    half = load_perceptor(device="cpu", precision=precision)
    pictures = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(2))
    vectors = half.embed_pictures(pictures)
    assert vectors.dtype == torch.float32
    assert torch.allclose(vectors.norm(dim=1), torch.ones(4), atol=1e-4)
    assert not torch.equal(vectors, exact.embed_pictures(pictures)), "it was computed in float32 after all"
    similarity, gradient = similarity_and_gradient(half, pictures, strength)
    expected_similarity, expected_gradient = similarity_and_gradient(exact, pictures)
    assert torch.allclose(similarity, expected_similarity, atol=0.02)
    assert gradient.dtype == torch.float32
    cosine = torch.nn.functional.cosine_similarity(gradient.flatten(1), expected_gradient.flatten(1))
    assert cosine.min() > 0.9
    assert torch.allclose(gradient.flatten(1).norm(dim=1), strength * expected_gradient.flatten(1).norm(dim=1), rtol=0.15)


def test_weights_stay_float32():
    perceptor = load_perceptor(device="cpu", precision="bf16")
    assert {parameter.dtype for parameter in perceptor._model.parameters()} == {torch.float32}


def test_a_picture_without_a_gradient_gets_none():
    half = load_perceptor(device="cpu", precision="fp16")
    pictures = torch.rand(2, 3, 64, 64, requires_grad=True)
    (gradient,) = torch.autograd.grad(half.embed_pictures(pictures)[0].sum(), pictures)
    assert gradient.isfinite().all()
    assert gradient[0].abs().sum() > 0
    assert gradient[1].abs().sum() == 0


def test_the_cpu_computes_in_float32_unless_asked(exact):
    pictures = torch.rand(1, 3, 64, 64)
    assert torch.equal(load_perceptor(device="cpu").embed_pictures(pictures), exact.embed_pictures(pictures))


@pytest.mark.parametrize(("hardware", "dtype"), [(True, torch.bfloat16), (False, torch.float16)])
def test_cuda_takes_bf16_where_it_is_in_hardware(monkeypatch, hardware, dtype):
    monkeypatch.setattr(torch.cuda, "device", contextlib.nullcontext)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: hardware)
    assert autocast_dtype("auto", CUDA) is dtype
    assert autocast_dtype("fp32", CUDA) is None


def test_an_unknown_precision_is_named():
    with pytest.raises(PerceptorError, match="'half': expected one of auto, fp32, bf16, fp16"):
        autocast_dtype("half", CPU)
