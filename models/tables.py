"""Imports all stored classes, so that `metadata` holds every table."""

from __future__ import annotations

from models import document, ledger, web
from models.base import Base

__all__ = ["document", "ledger", "metadata", "web"]

metadata = Base.metadata
