"""The configuration: a TOML file and the environment, checked as a whole."""

from pipeline.config.checks import check_contact, command_for, secret
from pipeline.config.load import load, parse
from pipeline.config.tables import Config, Imported, Source, check_name, source_table

__all__ = [
    "Config",
    "Imported",
    "Source",
    "check_contact",
    "check_name",
    "command_for",
    "load",
    "parse",
    "secret",
    "source_table",
]
