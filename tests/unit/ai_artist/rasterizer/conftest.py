"""What all tests of the rasteriser share."""

import pytest
import torch


@pytest.fixture(autouse=True, scope="package")
def _one_thread():
    """As in a worker; the dense reference's many small operations are slower by several on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
