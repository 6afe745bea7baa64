"""Asking sites: robots.txt, pacing, redirects, checked addresses, limits."""

import sys

# httpx loads its command line, with click, rich and pygments, wherever it can be imported: a tenth of a run's start.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
