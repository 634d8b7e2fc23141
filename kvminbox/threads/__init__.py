"""Threads from messages, by their references alone."""

from kvminbox.threads.group import group_threads
from kvminbox.threads.order import claim_order, index_by_id, message_order

__all__ = ["claim_order", "group_threads", "index_by_id", "message_order"]
