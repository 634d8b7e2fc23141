"""Coverage-guided fuzzing: random bytes for each reader, and what must hold of all of them.

`python -m tests.fuzz` runs it, with atheris; the targets are plain functions, so that
the tests feed them what was found without it.
"""
