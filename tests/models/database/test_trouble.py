"""Trouble with a server is told in a line, whatever class of error its driver gives it."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import exc

from models.database.trouble import translate_errors
from models.errors import StoreError


@pytest.mark.parametrize("kind", [psycopg.OperationalError, psycopg.errors.ConnectionTimeout])
def test_a_server_that_does_not_answer_is_named(kind: type[psycopg.OperationalError]) -> None:
    with (
        pytest.raises(StoreError, match=r"^postgresql://host/name cannot be reached: connection timeout expired$"),
        translate_errors("postgresql://host/name"),
    ):
        raise exc.OperationalError("SELECT 1", {}, kind("connection timeout expired\nMultiple attempts failed"))


def test_a_fault_of_ours_stays_what_it_is() -> None:
    with pytest.raises(exc.ProgrammingError), translate_errors("postgresql://host/name"):
        raise exc.ProgrammingError("SELEC 1", {}, psycopg.ProgrammingError("syntax error"))
