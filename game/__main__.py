"""`python -m game` is the `guesstroke` command."""

if __name__ == "__main__":
    from game.cli import main

    main()
