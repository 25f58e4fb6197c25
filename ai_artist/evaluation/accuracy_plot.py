"""How soon drawings are recognised: the judge's accuracy against the strokes shown, and against the seconds."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ai_artist.evaluation.people import People
from ai_artist.evaluation.verdicts import Point, RunFigures
from ai_artist.lettering import FAINT, INK
from ai_artist.plotting import LINE_COLORS, new_figure, save_figure, style_panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Dots alone are the people's.
_line_styles: Final[tuple[Any, ...]] = ("-", "--", "-.", (0, (6, 1, 1, 1, 1, 1)), (0, (9, 3)))
_top5_alpha: Final = 0.45


def accuracy_plot(runs: Sequence[RunFigures], people: People | None, path: Path) -> None:
    """Write two panels, strokes and seconds: for each run a strong line for the first guess and a pale one for the first five.

    people  what the judge makes of people's sketches: a line of dots as strokes are shown, and for the finished ones one across

    Raises OutputError if it cannot be written.
    """
    from matplotlib.ticker import MaxNLocator

    figure = new_figure(10.4, 4.6)
    panels = figure.subplots(1, 2, sharey=True)
    lines: dict[str, Any] = {}
    for panel, title, label in zip(panels, ("as strokes are shown", "as time goes by"), ("strokes", "seconds"), strict=True):
        style_panel(panel, title)
        panel.set_xlabel(label, fontsize=9, color=INK)
        for number, run in enumerate(runs):
            points = run.by_strokes if label == "strokes" else run.by_seconds
            color, style = LINE_COLORS[number % len(LINE_COLORS)], _line_styles[number % len(_line_styles)]
            lines[f"{run.name}: first guess"] = _plot(panel, points, 1, color, style, label)
            lines[f"{run.name}: first five"] = _plot(panel, points, 2, color, style, label)
        panel.set_ylim(0, 1)
        panel.set_xlim(left=0)
        panel.xaxis.set_major_locator(MaxNLocator(integer=label == "strokes"))
        panel.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        if people is not None:
            if label == "strokes":
                counts = [count for count, _ in people.by_strokes]
                for values, alpha in (
                    ([each.top1 for _, each in people.by_strokes], 1.0),
                    ([each.top5 for _, each in people.by_strokes], _top5_alpha),
                ):
                    panel.plot(counts, values, color=INK, linestyle=":", marker="o", markersize=3.5, linewidth=1.6, alpha=alpha)
            for name, height in (("people's sketches, first guess", people.whole.top1), ("people's sketches, first five", people.whole.top5)):
                panel.axhline(height, color=INK, linestyle=":", linewidth=1.2)
                panel.text(0.01, height + 0.012, name, transform=panel.get_yaxis_transform(), fontsize=7.5, color=FAINT, va="bottom")
    panels[0].set_ylabel("drawings that the judge names rightly", fontsize=9, color=INK)
    # A column for each run, as long as they fit: the panels keep their height.
    legend = figure.legend(
        list(lines.values()), list(lines), loc="outside upper center", ncols=min(len(runs), 3) if len(runs) > 1 else 2, frameon=False
    )
    for text in legend.get_texts():
        text.set(parse_math=False, fontsize=8.5, color=INK)
    save_figure(figure, path)


def _plot(panel: "Axes", points: Sequence[Point], column: int, color: str, style: Any, label: str) -> Any:
    at, values = [point.at for point in points], [point[column] for point in points]
    # Between two counts of strokes there is nothing; in time the picture stays as it is until the next stroke.
    drawstyle = "default" if label == "strokes" else "steps-post"
    marker = "o" if len(points) == 1 else None
    alpha = 1.0 if column == 1 else _top5_alpha
    (line,) = panel.plot(at, values, color=color, linestyle=style, drawstyle=drawstyle, marker=marker, linewidth=2.0, alpha=alpha)
    return line
