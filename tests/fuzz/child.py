"""Fuzzes one target in this process: `python -m tests.fuzz.child NAME [libFuzzer's arguments]`."""

import sys

import atheris

with atheris.instrument_imports(include=["kvminbox"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Hand the process over to libFuzzer, which ends it."""
    name, *rest = sys.argv[1:]
    target = TARGETS[name]
    atheris.Setup([sys.argv[0], f"-max_len={target.longest}", *rest], target.run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
