"""`python -m game` is the `guesstroke` command."""

from game.cli import main

main()
