"""Charts to bytes without a browser: SVG, PNG and PDF, the same for the same chart."""

from __future__ import annotations

from typing import Any, Literal

import vl_convert

Spec = dict[str, Any]
Format = Literal["svg", "png", "pdf"]


def compiled(chart: Spec) -> Spec:
    """A Vega-Lite chart as the Vega specification that browsers and converters draw."""
    found: Spec = vl_convert.vegalite_to_vega(chart)
    return found


def render(spec: Spec, form: Format) -> bytes:
    """A picture of a Vega specification; PNG is drawn at twice its size so that it is sharp in print."""
    if form == "svg":
        return vl_convert.vega_to_svg(spec, allowed_base_urls=[]).encode("utf-8")
    if form == "png":
        return bytes(vl_convert.vega_to_png(spec, scale=2, allowed_base_urls=[]))
    return bytes(vl_convert.vega_to_pdf(spec, allowed_base_urls=[]))
