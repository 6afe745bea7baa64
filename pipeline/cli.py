"""The command `ingest`: heavy modules are imported only by the commands that need them."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    from pipeline.commands.terminal.temporary import use_own_folder

    use_own_folder()
    from pipeline.commands import run_command_line

    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
