"""What is stored: the classes, the session, full-text search and the migrations. Knows nothing of web pages.

For notebooks: `from models import open_store, Document`. Nothing is imported before it is asked for, as the command
line imports this package at its start.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.database.store import Store, open_store
    from models.document import Author, Document, Provenance, Revision
    from models.ledger import Source

__all__ = ["Author", "Document", "Provenance", "Revision", "Source", "Store", "open_store"]

_HOMES = {
    "models.database.store": ("Store", "open_store"),
    "models.document": ("Author", "Document", "Provenance", "Revision"),
    "models.ledger": ("Source",),
}


def __getattr__(name: str) -> Any:
    """Return what this package offers by name, out of the module that has it."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
