"""`guesstroke artist compare`: the methods side by side, as in the paper's figures."""

import json
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from ai_artist.commands import options
from ai_artist.commands.options import console

if TYPE_CHECKING:
    from ai_artist.artist import Synthesis


def _list_methods(wanted: bool) -> None:
    if wanted:
        from ai_artist.synthesis.methods import METHODS

        for method in METHODS.values():
            print(method.name)
        raise typer.Exit


def compare(
    prompts: Annotated[list[str], typer.Argument(help="What to draw; each makes a row.", show_default=False)],
    methods: Annotated[str, typer.Option(help="Which methods, with commas between; each makes a column. By default all of them.")] = "",
    out: Annotated[Path, typer.Option(help="A folder for comparison.png, similarity.png and similarity.csv.")] = Path("comparison"),
    budget: Annotated[float | None, typer.Option(help="Seconds for each picture, instead of iterations.")] = None,
    iterations: Annotated[int | None, typer.Option(help="Iterations for each picture; 250 unless --budget is given. The paper takes 1000.")] = None,
    seed: options.SeedOption = 0,
    strokes: options.StrokesOption = None,
    palette: options.PaletteOption = None,
    style: options.StyleOption = "",
    negative: options.NegativeOption = None,
    perceptor: options.PerceptorOption = "doodle-clip",
    device: options.DeviceOption = "auto",
    precision: options.PrecisionOption = "auto",
    backend: options.BackendOption = "auto",
    biggan: options.BigGanOption = None,
    optimize_class: options.ClassOption = False,
    threads: options.ThreadsOption = None,
    list_methods: Annotated[bool, typer.Option("--list-methods", is_eager=True, callback=_list_methods, help="List the methods and end.")] = False,
) -> None:
    """Draw prompts by several methods side by side: one labelled picture, a plot of the similarities, and a table of them.

    The last line is a JSON object: the mean similarity of each method's pictures, seen upright.
    """
    from ai_artist.pictures import check_folder

    check_folder(out)

    from ai_artist.budget import Iterations
    from ai_artist.errors import ArtistError
    from ai_artist.prompts import check_prompt
    from ai_artist.synthesis.method import StrokeMethod
    from ai_artist.synthesis.methods import METHODS, method_named

    limit = options.chosen_budget(budget, iterations, Iterations(250))
    rows = list(dict.fromkeys(check_prompt(prompt) for prompt in prompts))
    names = list(dict.fromkeys(name.strip() for name in methods.split(",") if name.strip())) or list(METHODS)
    chosen = []
    for name in names:
        has_strokes = isinstance(method_named(name), StrokeMethod)
        own_strokes, own_palette = (strokes, palette) if has_strokes else (None, None)
        own_biggan, own_class = (biggan, optimize_class) if name == "biggan" else (None, False)
        chosen.append(options.chosen_method(name, own_strokes, own_palette, own_biggan, own_class))
    artist = options.load_artist(perceptor, threads, device, precision, backend)
    for prompt in rows:
        options.say_unknown_words(artist, prompt)
    results: dict[tuple[str, str], Synthesis] = {}
    missing: dict[str, str] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=float(len(rows) * len(chosen)))
        for done, (prompt, method) in enumerate((prompt, method) for method in chosen for prompt in rows):
            progress.update(bar, completed=done, description=f"{method.name}: {prompt[:40]}")
            if method.name in missing:
                continue
            try:
                results[prompt, method.name] = artist.synthesize(
                    prompt, limit, seed, method, style, negative or (),
                    on_progress=lambda now, done=done: progress.update(bar, completed=done + now.fraction),  # type: ignore[misc]
                )  # fmt: skip
            except ArtistError as error:
                if len(chosen) == 1:
                    raise
                missing[method.name] = str(error)
                console.print(f"{method.name} is left out: {error}", markup=False, highlight=False)
        progress.update(bar, completed=len(rows) * len(chosen), description="done")
    for (prompt, name), result in results.items():
        if result.note:
            console.print(f"{name}, {prompt}: {result.note}", markup=False, highlight=False)
    _write(out, rows, [method.name for method in chosen], results, missing)
    console.print(f"{out}: {len(results)} pictures of {len(rows)} prompts", markup=False, highlight=False)
    similarities = {method.name: [results[row, method.name].similarity for row in rows if (row, method.name) in results] for method in chosen}
    print(json.dumps({"similarity": {name: round(statistics.mean(values), 4) for name, values in similarities.items() if values}}))


def _write(out: Path, rows: list[str], names: list[str], results: "dict[tuple[str, str], Synthesis]", missing: dict[str, str]) -> None:
    """The three files; in the picture the first sentence of why a method is `missing` stands in its place."""
    from ai_artist.sheets import comparison_sheet, similarity_plot, write_csv

    out.mkdir(parents=True, exist_ok=True)
    pictures = {
        row: {name: results[row, name].picture(320) if (row, name) in results else missing[name].split(". ")[0] for name in names} for row in rows
    }
    comparison_sheet(pictures).save(out / "comparison.png")
    curves = {
        row: {name: [(now.seconds, now.similarity) for now in results[row, name].curve] for name in names if (row, name) in results} for row in rows
    }
    similarity_plot(curves, out / "similarity.png")
    write_csv(
        ((row, name, now.iteration, now.seconds, now.similarity) for (row, name), result in results.items() for now in result.curve),
        out / "similarity.csv",
    )
