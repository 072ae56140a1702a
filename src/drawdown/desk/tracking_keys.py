"""Status, forecast and hindcast under the keys that `--json` promises."""

from __future__ import annotations

from typing import Any

from drawdown.desk.keys import as_json
from drawdown.forecast.answers import Forecast, Hindcast, Status


def tracking_keys(answer: Status | Forecast | Hindcast) -> dict[str, Any]:
    """An answer as JSON: sites by id, and ``last_out`` and ``deadline`` where a planner looks for them."""
    found: dict[str, Any] = as_json(answer)  # type: ignore[assignment]
    if isinstance(answer, Hindcast):
        return found
    found["sites"] = {row["site"]: row for row in found["sites"]}
    if isinstance(answer, Status):
        left = (answer.deadline - answer.as_of).days
        found["last_out"] = {name: row["last_out"] for name, row in found["sites"].items()}
        found["deadline"] = {"date": answer.deadline.isoformat(), "days_left": left}
    else:
        by_site = {name: row["last_out"] for name, row in found["sites"].items()}
        found["last_out"] = {"overall": found["completion"], "sites": by_site}
    return found
