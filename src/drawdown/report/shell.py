"""What every page of ours is made of: its template, style and script, the library that draws, and what it may do."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from drawdown.report.names import long_date, number, sentence, words


def policy(*scripts: str) -> str:
    """What the browser may do: run these scripts (vega compiles its own expressions) and load nothing at all."""
    hashes = [b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii") for script in scripts]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-eval' {allowed}"


@cache
def library() -> str:
    """Vega, as vl-convert carries it: within vega-embed."""
    found: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return found


@cache
def asset(name: str) -> str:
    """A file of the folder ``page`` as text."""
    return (files("drawdown.report") / "page" / name).read_text(encoding="utf-8")


@cache
def template(name: str) -> Template:
    """A template of the folder ``page``, with the words that all of them use."""
    loader = PackageLoader("drawdown.report", "page")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.globals.update(number=number, words=words, sentence=sentence, long_date=long_date)
    return environment.get_template(name)
