"""Charts to bytes without a browser: SVG, PNG and PDF, the same for the same chart."""

from __future__ import annotations

import re
from typing import Any, Literal

import vl_convert

_CLIP = re.compile(r'(?<=id=")clip\d+|(?<=url\(#)clip\d+')
_REFERENCES = re.compile(rb"(?:\n +/\w+ \d+ 0 R){2,}")  # entries of a PDF dictionary that name other objects
Spec = dict[str, Any]
Format = Literal["svg", "png", "pdf"]


def compiled(chart: Spec) -> Spec:
    """A Vega-Lite chart as the Vega specification that browsers and converters draw."""
    found: Spec = vl_convert.vegalite_to_vega(chart)
    return found


def render(spec: Spec, form: Format) -> bytes:
    """A picture of a Vega specification; PNG is drawn at twice its size so that it is sharp in print."""
    if form == "svg":
        return _numbered_anew(vl_convert.vega_to_svg(spec, allowed_base_urls=[])).encode("utf-8")
    if form == "png":
        return bytes(vl_convert.vega_to_png(spec, scale=2, allowed_base_urls=[]))
    return _sorted_resources(vl_convert.vega_to_pdf(spec, allowed_base_urls=[]))


def _numbered_anew(svg: str) -> str:
    """A picture whose clipping paths are counted from 0 (the converter goes on counting from picture to picture)."""
    numbers: dict[str, str] = {}
    return _CLIP.sub(lambda found: numbers.setdefault(found[0], f"clip{len(numbers)}"), svg)


def _sorted_resources(pdf: bytes) -> bytes:
    """A PDF with the entries of its resources in order: the converter writes them in any order.

    No object changes its place. Several fonts would do so, which is why every chart keeps to one.
    """
    return _REFERENCES.sub(lambda found: b"\n".join(sorted(found[0].split(b"\n"))), pdf)
