"""Every named fault, in one table."""

from __future__ import annotations

from tests.hostile.fault import Fault
from tests.hostile.faults import content, encodings, framing, redirects, robots, statuses

FAULTS: dict[str, Fault] = {}
for _module in (statuses, framing, encodings, redirects, robots, content):
    for _fault in _module.FAULTS:
        assert _fault.name not in FAULTS, _fault.name
        FAULTS[_fault.name] = _fault
