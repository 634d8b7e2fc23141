"""Measure the index against that of public-inbox, and alone as it grows."""
