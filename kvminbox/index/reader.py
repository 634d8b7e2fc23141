"""The number of the reader, apart from it: a search compares it, and reads no mail into rows."""

from typing import Final

READER: Final = 20
"""The number of the rules by which mails are read into rows; with another one, rows are old."""
