"""Lets a torchvision built for another torch variant be imported.

open_clip and timm import torchvision for its image transforms. Where only the CPU build of torch can be had
beside torchvision's CUDA wheel, torchvision's compiled operators do not load, and its import fails because it
describes two operators (`nms`, `qnms`) that then do not exist. Defining their schemas first lets the pure
Python part import; the operators themselves are never called here. A matching pair is left untouched.
"""

import sys

_operator_schemas = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
# A torch.library.Library unregisters its operators when it is collected, so it must outlive the import.
_libraries: list[object] = []


def ensure_torchvision_imports() -> None:
    """Import torchvision, defining the missing operator schemas if that is what it stumbles over.

    Raises whatever torchvision's import raises for any other reason.
    """
    try:
        import torchvision

        return
    except RuntimeError as error:
        if "torchvision::nms does not exist" not in str(error):
            raise
    import torch

    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    library = torch.library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]
    for schema in _operator_schemas:
        library.define(schema)  # type: ignore[no-untyped-call]
    _libraries.append(library)
    import torchvision  # noqa: F401
