"""All stored classes in one place, so that the metadata is whole."""

from __future__ import annotations

from models import document, ledger, web
from models.base import Base

__all__ = ["document", "ledger", "metadata", "web"]

metadata = Base.metadata
