"""Tables, state and results by reference, for compiled functions.

numba takes a named tuple of arrays to pieces at every call, which makes compiling a deep program take minutes, and
counts references to its structures, which would cost more than the work that is done with them. So a tuple is put on
the stack once, its arrays without owners, and passed on as one pointer; `tables.piles` and the like read from there.
The pointer is good as long as the function that made it runs, and its caller keeps the arrays alive.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils, imputils
from numba.core.extending import intrinsic, models, register_model
from numba.core.typing.templates import AttributeTemplate, Signature
from numba.extending import infer_getattr, lower_getattr_generic


class Reference(types.Type):
    """A pointer to a named tuple on the stack."""

    def __init__(self, fields: Any) -> None:
        self.fields = fields
        super().__init__(name=f"Reference({fields})")


@register_model(Reference)
class _ReferenceModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, ir.IntType(8).as_pointer())


@infer_getattr
class _Attributes(AttributeTemplate):
    key = Reference

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        fields = kind.fields.fields
        return kind.fields.types[fields.index(name)] if name in fields else None


@lower_getattr_generic(Reference)  # type: ignore[untyped-decorator]
def _get(context: Any, builder: Any, kind: Any, value: Any, name: str) -> Any:
    place = kind.fields.fields.index(name)
    pointer = builder.bitcast(value, context.get_value_type(kind.fields).as_pointer())
    array = builder.load(cgutils.gep_inbounds(builder, pointer, 0, place))
    return imputils.impl_ret_borrowed(context, builder, kind.fields.types[place], array)


@intrinsic
def refer(_context: Any, arrays: Any) -> Any:
    """A named tuple of arrays by reference."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        result = arguments[0]
        for place, kind in enumerate(signature.args[0].types):
            array = context.make_array(kind)(context, builder, builder.extract_value(arguments[0], place))
            array.meminfo = array.meminfo.type(None)
            array.parent = array.parent.type(None)
            result = builder.insert_value(result, array._getvalue(), place)  # noqa: SLF001 - numba has no other name for it
        return builder.bitcast(cgutils.alloca_once_value(builder, result), ir.IntType(8).as_pointer())

    return Signature(Reference(arrays), (arrays,), None), generate
