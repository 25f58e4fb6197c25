import errno

import pytest

from ai_artist.errors import ArtistError, PromptError
from game.studio.faults import fault_of


def test_a_prompt_that_cannot_be_drawn_is_the_orders_fault():
    assert fault_of(PromptError("too long")) == "order"


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4096 bytes."),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] data. DefaultCPUAllocator: not enough memory: you tried to allocate 4096 bytes."),
        RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        RuntimeError("CUDA error: device-side assert triggered"),
    ],
)
def test_memory_and_devices_are_the_workers(error: Exception):
    assert fault_of(error) == "worker"


@pytest.mark.parametrize(
    "error",
    [
        ArtistError("ink cannot begin: the similarity was not a number."),
        ZeroDivisionError("division by zero"),
        RuntimeError("The size of tensor a (3) must match the size of tensor b (4)"),
        IndexError("list index out of range"),
    ],
)
def test_all_else_another_seed_may_mend(error: Exception):
    assert fault_of(error) == "seed"


def test_what_torch_says_of_memory_is_known():
    torch = pytest.importorskip("torch")
    with pytest.raises(RuntimeError) as caught:
        torch.empty(2**50)
    assert fault_of(caught.value) == "worker"
    assert fault_of(torch.OutOfMemoryError("CUDA out of memory.")) == "worker"
