"""What a command needs of the configuration before it begins: secrets that are set, somebody to be reached."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from models.errors import ConfigError
from pipeline.config.tables import Config


def secret(value: str, key: str, environment: Mapping[str, str] | None = None) -> str:
    """Return a header's value with `${NAME}` replaced by the environment's; raises ConfigError for an unset name."""
    environment = os.environ if environment is None else environment

    def variable(match: re.Match[str]) -> str:
        if match[1] not in environment:
            raise ConfigError(f"{key}: the environment variable {match[1]} is not set")
        return environment[match[1]]

    return re.sub(r"\$\{(\w+)\}", variable, value)


def check_contact(config: Config, names: list[str]) -> None:
    """Raise ConfigError where a public site would be fetched without `http.contact`."""
    from urllib.parse import urlsplit

    if config.http.contact:
        return
    for name, source in config.chosen(names).items():
        public = [host for host in (urlsplit(start).hostname or "" for start in source.start) if _public(host, config)]
        if public or not source.start:
            asked = f"{name} ({public[0]}) is" if public else f"the sites of {name} are"
            raise ConfigError(
                f"{config.file}: http.contact is needed before {asked} asked: an e-mail or web address where the "
                f"site's keepers can reach you. Write it under [http], or: "
                f"{command_for('init --contact you@example.org', config.file)}"
            )


def _public(host: str, config: Config) -> bool:
    private = host in config.http.resolve or host == "localhost" or host.endswith(".localhost")
    return not private and host not in config.http.allow_addresses


def command_for(words: str, file: str) -> str:
    """Return `ingest WORDS` as it must be typed for a configuration file."""
    return f"ingest {words}" if file == "config.toml" else f"ingest --config {file} {words}"
