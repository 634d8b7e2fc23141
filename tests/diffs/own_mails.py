"""The mails beside this file, each named after its difficulty."""

from pathlib import Path

from kvminbox.patches import read_message

MAILS = Path(__file__).with_name("mails")
NAMES = sorted(path.stem for path in MAILS.glob("*.eml"))


def read_own(name):
    return read_message((MAILS / f"{name}.eml").read_bytes())
