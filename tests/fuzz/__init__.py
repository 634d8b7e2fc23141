"""Coverage-guided fuzzing: random bytes for each reader, and what must hold for them all.

`python -m tests.fuzz` runs it, with atheris; the targets are plain functions, so that
the tests run them on what was found, without atheris.
"""
