"""Tables, state and results by reference.

Compiled functions would take a named tuple of arrays to pieces at every call, which makes compiling them take minutes;
a structure is passed as one pointer.
"""

from __future__ import annotations

from typing import Any

from numba import njit, types
from numba.experimental import structref

from drawdown.stress.kernel.results import Results
from drawdown.stress.kernel.state import State
from drawdown.stress.kernel.tables import Tables


class _Structure(types.StructRef):
    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


@structref.register
class _TablesType(_Structure):
    pass


@structref.register
class _StateType(_Structure):
    pass


@structref.register
class _ResultsType(_Structure):
    pass


class TablesRef(structref.StructRefProxy):
    """The fields of `Tables`."""


class StateRef(structref.StructRefProxy):
    """The fields of `State`."""


class ResultsRef(structref.StructRefProxy):
    """The fields of `Results`."""


structref.define_proxy(TablesRef, _TablesType, list(Tables._fields))
structref.define_proxy(StateRef, _StateType, list(State._fields))
structref.define_proxy(ResultsRef, _ResultsType, list(Results._fields))


@njit(cache=True, nogil=True)
def refer(tables: Tables, state: State, results: Results) -> Any:
    """The three by reference."""
    return TablesRef(*tables), StateRef(*state), ResultsRef(*results)
