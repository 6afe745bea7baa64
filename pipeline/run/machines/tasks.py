"""What a run that several processes share does, made anew from what the ledger says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.run.incremental import Incremental
from pipeline.run.rerun import Rerun

if TYPE_CHECKING:
    from pipeline.ledger.shared import Order
    from pipeline.run.task import Shareable

SHAREABLE: dict[str, type[Incremental] | type[Rerun]] = {task.command: task for task in (Incremental, Rerun)}


def task_of(order: Order) -> Shareable:
    """Return the task of a command and its recorded options."""
    return SHAREABLE[order.command].given_again(order.options)
