"""What can go wrong with a ledger: each message says what is safe and what to do.

The kinds are named by what has happened to the ledger, not by the word error, which their common kind has.
"""

from __future__ import annotations


class LedgerError(Exception):
    """The ledger cannot do what was asked. Nothing that was acknowledged before is lost."""


class LedgerNewer(LedgerError):  # noqa: N818
    """The ledger, or an entry, was written by a newer version of Drawdown: it can be read, not written."""


class LedgerLost(LedgerError):  # noqa: N818
    """The database cannot be reached, or went away in the middle of something."""


class LedgerFull(LedgerError):  # noqa: N818
    """There is no room left where the ledger lies."""


class LedgerGarbled(LedgerError):  # noqa: N818
    """A row holds what is no text: somebody has altered it."""


class LedgerBusy(LedgerError):  # noqa: N818
    """Another program kept the ledger locked for longer than we wait."""
