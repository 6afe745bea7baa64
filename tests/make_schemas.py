"""Write the JSON Schemas of the package as the table of fields gives them: `python -m tests.make_schemas`."""

from __future__ import annotations

import json
from pathlib import Path

import pipeline.holdings
from pipeline.holdings.columns import json_schemas

FOLDER = Path(pipeline.holdings.__file__).parent / "schemas"


def texts() -> dict[str, str]:
    """Return the files' contents by name."""
    return {f"{name}.json": json.dumps(schema, indent=2) + "\n" for name, schema in json_schemas().items()}


if __name__ == "__main__":
    for name, text in texts().items():
        (FOLDER / name).write_text(text, "utf-8")
