"""Threads from messages, by their references alone."""

from kvminbox.threads.group import group_threads
from kvminbox.threads.order import message_order

__all__ = ["group_threads", "message_order"]
