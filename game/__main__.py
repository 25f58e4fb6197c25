"""`python -m game`, which is the `guesstroke` command."""

from game import collector


def main() -> None:
    """Run the command that the process was given."""
    with collector.at_rest():
        from game.cli import main as run
    run()


if __name__ == "__main__":
    main()
