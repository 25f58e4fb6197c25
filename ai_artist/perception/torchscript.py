"""The weights of a TorchScript archive, without running it.

torch.jit.load lets the archive's own code put its objects together (`__setstate__`), and that code may write files. What is wanted of it is
numbers: so the objects are read as plain boxes, by an unpickler that knows no other names than those that such archives need.
"""

import pickle
import re
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import torch
from torch import Tensor

_dtypes: Final = {
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "DoubleStorage": torch.float64,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}
_class: Final = re.compile(r"^class (\w+)\(Module\):\n  __parameters__ = \[(.*?)\]\n  __buffers__ = \[(.*?)\]", re.MULTILINE)
_lists: Final = frozenset({"build_intlist", "build_doublelist", "build_boollist", "build_tensorlist"})


def is_torchscript(archive: zipfile.ZipFile) -> bool:
    """Whether torch.jit saved it; torch.save's archives have no constants."""
    return any(entry.endswith("/constants.pkl") for entry in archive.namelist())


def read_torchscript_weights(path: Path) -> dict[str, Tensor]:
    """Return what the state dict of torch's own loader would have. Raises pickle.UnpicklingError for an archive that holds anything else."""
    with zipfile.ZipFile(path) as archive:
        root = next(entry for entry in archive.namelist() if entry.endswith("/data.pkl")).removesuffix("data.pkl")
        module = _Reader(archive, root).load()
        if not isinstance(module, _Box):
            raise pickle.UnpicklingError("the archive holds no module")
        return dict(_weights(module, archive, root, ""))


class _Box:
    """An object of a class that the archive describes: what it holds, and none of what it does."""

    kind: str
    """Its class, by module and name."""
    held: Mapping[str, Any] = MappingProxyType({})

    def __setstate__(self, state: object) -> None:
        if not isinstance(state, dict):
            raise pickle.UnpicklingError(f"{self.kind} wants to put itself together by its own code")
        self.held = state


class _Reader(pickle.Unpickler):
    def __init__(self, archive: zipfile.ZipFile, root: str) -> None:
        super().__init__(BytesIO(archive.read(f"{root}data.pkl")))
        self._archive, self._root = archive, root
        self._storages: dict[str, Tensor] = {}

    def find_class(self, module: str, name: str) -> Any:
        known: dict[tuple[str, str], Callable[..., object]] = {
            ("torch._utils", "_rebuild_tensor_v2"): _tensor,
            ("collections", "OrderedDict"): OrderedDict,
            ("torch.jit._pickle", "restore_type_tag"): lambda value, _: value,
        }
        if (module, name) in known:
            return known[module, name]
        if module == "torch.jit._pickle" and name in _lists:
            return list
        if module == "torch" and name in _dtypes:
            return _dtypes[name]
        if module.partition(".")[0] == "__torch__":
            return type("_Box", (_Box,), {"kind": f"{module}.{name}"})
        raise pickle.UnpicklingError(f"weights need no {module}.{name}")

    def persistent_load(self, pid: Any) -> Tensor:
        """A storage, once for all tensors that share it."""
        _, dtype, key, *_ = pid
        if key not in self._storages:
            content = bytearray(self._archive.read(f"{self._root}data/{key}"))
            self._storages[key] = torch.frombuffer(content, dtype=dtype) if content else torch.empty(0, dtype=dtype)
        return self._storages[key]


def _tensor(storage: Tensor, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: object) -> Tensor:
    return storage.as_strided(size, stride, offset)  # torch refuses what lies outside


def _weights(box: _Box, archive: zipfile.ZipFile, root: str, prefix: str) -> Iterator[tuple[str, Tensor]]:
    module, _, name = box.kind.rpartition(".")
    code = archive.read(f"{root}code/{module.replace('.', '/')}.py").decode()
    listed = next((parameters + buffers for found, parameters, buffers in _class.findall(code) if found == name), "")
    own = re.findall(r'"([^"]+)"', listed)
    for key, value in box.held.items():
        if isinstance(value, _Box):
            yield from _weights(value, archive, root, f"{prefix}{key}.")
        elif isinstance(value, Tensor) and key in own:
            yield prefix + key, value
