"""Scripts so simple that the law of what comes of them is known exactly, and the futures that are set against it.

for form in FORMS:
    assert not compare(form, futures=20_000).outside
"""

from kit.closed_forms.desk import DESK
from kit.closed_forms.form import Compared, Form, compare
from kit.closed_forms.network import NETWORK
from kit.closed_forms.queues import QUEUES
from kit.closed_forms.roads import ROADS

#: Every closed form.
FORMS = (*ROADS, *DESK, *QUEUES, *NETWORK)

__all__ = ["FORMS", "Compared", "Form", "compare"]
