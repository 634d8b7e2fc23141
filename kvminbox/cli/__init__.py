"""The command line: thin, for a shell or a cron job. The only part that prints."""

from kvminbox.cli.main import main

__all__ = ["main"]
