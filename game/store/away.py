"""Tells a database that is away from one that does not take what it is given."""

from typing import Final

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

_misfits: Final = ("22", "23")
"""Classes of SQLSTATE: data exceptions, integrity."""


def passes(error: Exception) -> bool | None:
    """Whether an error passes with time: the database is away, and will be back. Not so where values do not fit; None: nobody knows."""
    if isinstance(error, OSError | PoolTimeout):
        return True
    if isinstance(error, DBAPIError):
        # asyncpg's errors come as kinds of their own: what is wrong with values is known by SQLSTATE, or found before the server sees them.
        is_misfit = isinstance(error, IntegrityError | DataError) or (getattr(error.orig, "sqlstate", None) or "")[:2] in _misfits
        return not (is_misfit or isinstance(error.orig and error.orig.__cause__, ValueError))
    return False if isinstance(error, StatementError | ValueError | TypeError | OverflowError) else None


def in_short(error: BaseException) -> str:
    """The database's own words, without the statement."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    return str(inner).strip() or type(error).__name__
