"""The version of this library, as its package says."""

from importlib.metadata import version
from typing import Final

__all__ = ["__version__"]

__version__: Final = version("kvminbox")
"""The version, such as `0.1.0`."""
