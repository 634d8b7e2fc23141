"""Threads from messages, by their references alone."""

from kvminbox.threads.group import group_threads

__all__ = ["group_threads"]
