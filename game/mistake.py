"""What the user of a command can put right."""


class Mistake(Exception):
    """Printed as one sentence, without a traceback."""
