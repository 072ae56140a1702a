"""The constraint families, in the order in which they are added.

Every row holds for every lawful plan, so that the least cost under these rows is a bound on all of them.
"""

from drawdown.planner.relaxation.families import equipment, network, people, protection, roads, sites
from drawdown.planner.relaxation.model import FAMILIES, FamilyText

__all__ = ["FAMILY_MODULES", "families"]

#: One module a subject.
FAMILY_MODULES = (sites, people, equipment, roads, network, protection)


def families() -> tuple[FamilyText, ...]:
    """All families, subject by subject."""
    return tuple(row for module in FAMILY_MODULES for row in FAMILIES.values() if row.add.__module__ == module.__name__)
