"""CLIPDraw without augmentation (the paper's section 4.1): identical but for that, to show what the augmentation is for."""

from dataclasses import replace
from typing import Final

from ai_artist.synthesis.clipdraw import CLIPDRAW

CLIPDRAW_NOAUG: Final = replace(CLIPDRAW, name="clipdraw-noaug", summary="the same without augmentation", augmented=False)
