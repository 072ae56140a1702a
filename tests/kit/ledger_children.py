"""What other processes do to a ledger in the tests; they are forked from a server that has loaded everything."""

import os
import resource
from contextlib import contextmanager
from multiprocessing import get_context

from drawdown.ledger.ledger import LedgerError, LedgerFull, open_ledger
from kit.ledgers import NOON, fact, facts

#: Bytes that the ledger may still grow by when its disk is full.
ROOM = 200_000

#: A user who owns nothing, for tests that run as one who may do everything.
NOBODY = 65534


def processes():
    """Where processes come from: quickly, and without anything of the test's own process."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["drawdown.ledger.ledger", "alembic.command", "alembic.config", "psycopg"])
    return context


@contextmanager
def running(target, *arguments):
    """A process, and the pipe on which it tells; it is gone afterwards, whatever happens."""
    context = processes()
    hear, tell = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(*arguments, tell), daemon=True)
    process.start()
    tell.close()
    try:
        yield process, hear
    finally:
        process.kill()
        process.join()
        hear.close()


def told(hear):
    """All that a process tells until it ends."""
    heard = []
    while True:
        try:
            heard.append(hear.recv())
        except EOFError:
            return heard


def append_for_ever(place, first, size, tell):
    """Append so many facts at a time; tell the last number of each append once it is acknowledged."""
    with open_ledger(place, mission="minusma", origin="gao") as ledger:
        tell.send(first - 1)
        while True:
            done = ledger.append(facts(size, first=first), actor="A. Keita", recorded=NOON)
            first += size
            tell.send(first - 1)
            if len(done.entries) < size:
                raise AssertionError("facts were on record that nobody had appended")


def append_some(place, name, count, tell):
    """Append so many facts one by one, a third of which others append, too."""
    with open_ledger(place, mission="minusma", origin="gao") as ledger:
        for number in range(count):
            mine = fact(number, id=f"{name}-{number}")
            shared = [fact(number, id=f"shared-{number}")] if number % 2 else []
            done = ledger.append([mine, *shared], actor=name, recorded=NOON)
            tell.send([entry.fact.id for entry in done.entries])


def append_until_full(place, tell):
    """Append on a disk that takes no more, and again when it does; tell what was acknowledged, and what was said."""
    with open_ledger(place, mission="minusma", origin="gao") as ledger:
        ledger.append(facts(50), actor="A. Keita", recorded=NOON)
        room = place.stat().st_size + ROOM
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        number, said = 51, []
        while len(said) < 3:
            try:
                ledger.append(facts(10, first=number), actor="A. Keita", recorded=NOON)
                number += 10
            except LedgerFull as error:
                said.append(str(error))
        full = (ledger.size, ledger.verify())
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        done = ledger.append(facts(10, first=number), actor="A. Keita", recorded=NOON)
        tell.send((number - 1, said, full, len(done.entries), ledger.verify()))


def try_to_write(place, tell):
    """Read a ledger that may not be written, as a user who owns nothing, and try to append to it."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    with open_ledger(place, mission="minusma") as ledger:
        try:
            ledger.append([fact(9)], actor="A. Keita")
        except LedgerError as error:
            tell.send(([entry.n for entry in ledger.entries()], str(error)))
