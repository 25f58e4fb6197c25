"""How a training went, as a picture."""

import json
from pathlib import Path


def plot_curves(figures: Path, out: Path) -> None:
    """Plot the lines of `figures` (JSON objects with step, loss, top1, top5 and radius) over the batches, as .png or .svg."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    lines = [json.loads(line) for line in figures.read_text().splitlines()]
    figure = Figure(figsize=(9, 3), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, 3)
    steps = [line["step"] for line in lines]
    for panel, names, title in zip(
        panels,
        (("loss",), ("top5", "top1"), ("radius",)),
        ("loss under attack", "people's sketches named (validation)", "largest adversarial noise, L2"),
        strict=True,
    ):
        for name in names:
            panel.plot(steps, [line[name] for line in lines], label=name)
        panel.set_title(title, fontsize=9, loc="left")
        panel.set_xlabel("batches", fontsize=8)
        panel.tick_params(labelsize=8)
        panel.grid(linewidth=0.4)
        if len(names) > 1:
            panel.legend(fontsize=8, frameon=False)
    figure.savefig(out)
