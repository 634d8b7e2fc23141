"""Measures the index: against public-inbox's own, and by itself as it grows."""
