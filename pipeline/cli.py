"""The command `ingest`: heavy modules are imported only by the commands that need them."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if needed := missing():
        sys.exit(f"ingest: {needed}")
    from pipeline.commands.terminal.console import close_streams, open_streams
    from pipeline.commands.terminal.temporary import use_own_folder

    open_streams()
    try:
        use_own_folder()
    except OSError as error:
        sys.exit(f"ingest: no folder for temporary files can be written ({error}); name one: TMPDIR=/path ingest ...")
    from pipeline.commands import run_command_line

    code = run_command_line(sys.argv[1:])
    close_streams()
    sys.exit(code)


def missing(version: tuple[int, ...] = sys.version_info[:2], platform: str = sys.platform) -> str | None:
    """Return what this machine lacks to run the program, or None. It is asked before anything else is imported."""
    if version < (3, 11):
        return f"needs Python 3.11 or later, and this is {version[0]}.{version[1]}; install it with a newer one"
    if platform == "win32":
        return (
            "needs Linux or macOS, as it limits its reading processes with means that Windows lacks; "
            "on Windows use WSL (`wsl --install`, then install it there) or the Dockerfile"
        )
    return None


if __name__ == "__main__":
    main()
