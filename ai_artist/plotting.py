"""What all plots share: colours, the look of a panel, how they are written."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ai_artist.errors import OutputError
from ai_artist.lettering import FAINT, HAIRLINE, INK, font_of, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours, which people who see fewer colours tell apart too; without their yellow, too pale for a line.
LINE_COLORS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
LINE_STYLES: Final = ("-", "--", ":", "-.")


def new_figure(width: float, height: float) -> "Figure":
    """A figure so many inches wide and high, of its own: pyplot would keep it, and with it the settings, for the whole process."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def save_figure(figure: "Figure", path: Path) -> None:
    """Write it as .png or .svg. Raises OutputError if it cannot be written."""
    try:
        with warnings.catch_warnings():
            # A script that the font lacks shows as boxes; that is no reason to talk.
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            figure.savefig(path, metadata={"Date": None} if path.suffix.lower() == ".svg" else None)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error}.") from error


def style_panel(panel: "Axes", title: str) -> None:
    """Give a panel its title, at most three lines, and the look that all plots share."""
    font = font_of(12)
    lines = wrapped(title, font, 300)
    shortened = "\n".join(lines[:3]) + ("…" if len(lines) > 3 else "")
    panel.set_title(shortened, fontsize=9, color=INK, loc="left", parse_math=False)
    panel.grid(color=HAIRLINE, linewidth=0.5)
    panel.set_axisbelow(True)
    panel.tick_params(labelsize=8, colors=FAINT, length=0, labelbottom=True)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        panel.spines[side].set_color(HAIRLINE)
    panel.margins(x=0.02)
