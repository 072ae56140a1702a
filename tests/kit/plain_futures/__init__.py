"""Futures played plainly, in SimPy: the second opinion on the fast ones.

    future = play(script, seed=7, future=0)

It follows `docs/futures.md` and knows nothing of the code that ships but the script, the draws and the laws.
"""

from kit.plain_futures.play import play
from kit.plain_futures.record import PlainFuture

__all__ = ["PlainFuture", "play"]
