"""Pages in a real browser; `nox -s browser` runs these, and they are skipped elsewhere."""
