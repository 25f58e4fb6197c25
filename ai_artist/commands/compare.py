"""`guesstroke artist compare`: the methods side by side, as in the paper's figures."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from ai_artist.commands import options
from ai_artist.commands.comparison import Comparison, check_files
from ai_artist.commands.options import console

_interrupted_status: Final = 130
"""What a shell says of a command that Ctrl-C ended."""


def _list_methods(wanted: bool) -> None:
    if wanted:
        from ai_artist.synthesis.methods import METHODS

        for method in METHODS.values():
            print(f"{method.name}: {method.summary}")
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

    The last line is a JSON object: the mean similarity of each method's pictures, seen upright. Ctrl-C ends it early, with
    what has been drawn so far.
    """
    check_files(out)

    from ai_artist.budget import Iterations
    from ai_artist.errors import ArtistError
    from ai_artist.prompts import check_prompt
    from ai_artist.synthesis.methods import METHODS

    limit = options.chosen_budget(budget, iterations, Iterations(250))
    rows = list(dict.fromkeys(check_prompt(prompt) for prompt in prompts))
    style, unwanted = options.checked_words(style, negative)
    names = list(dict.fromkeys(name.strip() for name in methods.split(",") if name.strip())) or list(METHODS)
    chosen = options.chosen_methods(names, strokes, palette, biggan, optimize_class)
    artist = options.load_artist(perceptor, threads, device, precision, backend)
    for prompt in rows:
        options.say_unknown_words(artist, prompt)
    found = Comparison(rows, names)
    places = [(prompt, method) for method in chosen for prompt in rows]
    interrupted = False
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("", total=float(len(places)))
        try:
            for done, (prompt, method) in enumerate(places):
                progress.update(bar, completed=done, description=f"{method.name}: {prompt[:40]}")
                if method.name in found.missing:
                    continue
                try:
                    found.results[prompt, method.name] = artist.synthesize(
                        prompt, limit, seed, method, style, unwanted,
                        on_progress=lambda now, done=done: progress.update(bar, completed=done + now.fraction),  # type: ignore[misc]
                    )  # fmt: skip
                except ArtistError as error:
                    if len(chosen) == 1:
                        raise
                    found.missing[method.name] = str(error)
                    console.print(f"{method.name} is left out: {error}", markup=False, highlight=False)
            progress.update(bar, completed=len(places), description="done")
        except KeyboardInterrupt:
            interrupted = True
    for (prompt, name), result in found.results.items():
        if result.note:
            console.print(f"{name}, {prompt}: {result.note}", markup=False, highlight=False)
    if not found.results and not interrupted:
        raise ArtistError(f"Nothing was drawn. {' '.join(f'{name}: {why}' for name, why in found.missing.items())}")
    if interrupted:
        kept = "what there is will be written" if found.results else "nothing will be written"
        console.print(f"Interrupted after {len(found.results)} of {len(places)} pictures; {kept}.", markup=False, highlight=False)
    if found.results:
        found.write(out)
        console.print(f"{out}: {len(found.results)} pictures of {len(rows)} prompts", markup=False, highlight=False)
        print(json.dumps({"similarity": found.similarities}))
    if interrupted:
        raise typer.Exit(_interrupted_status)
