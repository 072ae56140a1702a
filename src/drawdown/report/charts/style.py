"""What all charts share: colours that colour-blind readers tell apart (Okabe and Ito), and type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import altair as alt

BLACK, GREY, PALE = "#1a1a1a", "#6f6f6f", "#e9e9e9"
ORANGE, SKY, GREEN, BLUE, VERMILLION, PURPLE = "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7"

Key = Mapping[str, tuple[str, str]]

#: Colour and words of each state of a site, in the order of a closure.
STATES: Key = {
    "open": (BLUE, "Open"),
    "closing": (ORANGE, "Closing"),
    "liquidation": (PURPLE, "In liquidation"),
    "left": (BLACK, "Left, not handed over"),
    "handed_over": (GREEN, "Handed over"),
}
MODES: Key = {
    "road": (VERMILLION, "Road"),
    "air": (SKY, "Air"),
    "river": (BLUE, "River"),
    "rail": (BLACK, "Rail"),
    "sea": (GREEN, "Sea"),
}
OWNERS: Key = {
    "contingent": (BLUE, "Contingent-owned"),
    "un": (SKY, "UN-owned"),
    "contractor": (ORANGE, "Contractors'"),
}

#: Liberation Sans has the widths of Arial and comes with vl-convert, so that charts are the same on every machine.
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
LABEL = 12  # pixels of a label
WIDE, NARROW = 760, 360  # pixels of a chart in pictures and on a phone; on a page it takes the room there is

#: A Vega expression: whether the chart is drawn for a phone.
ON_PHONE = "(width < 480)"

CONFIG: dict[str, Any] = {
    "aria": False,  # the page describes each chart once and has its figures in tables
    "background": "white",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": LABEL,
        "titleFontSize": LABEL,
        "titleFontWeight": "normal",
        "labelColor": BLACK,
        "titleColor": GREY,
        "gridColor": PALE,
        "domainColor": GREY,
        "tickColor": GREY,
    },
    "legend": {
        "orient": "bottom",
        "title": None,
        "labelFontSize": LABEL,
        "labelLimit": 260,
        "symbolStrokeWidth": 1,
        "columnPadding": 16,
        "columns": {"signal": f"{ON_PHONE} ? 2 : 0"},
        "layout": {"bottom": {"anchor": "start", "direction": {"signal": f"{ON_PHONE} ? 'vertical' : 'horizontal'"}}},
    },
    "text": {"fontSize": LABEL},
}


def colours(table: Key, used: Iterable[str]) -> alt.Scale:
    """The colour scale of those keys of a table that a chart shows."""
    shown = [key for key in table if key in set(used)]
    return alt.Scale(domain=[table[key][1] for key in shown], range=[table[key][0] for key in shown])
