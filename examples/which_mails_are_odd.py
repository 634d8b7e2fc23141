"""Which mails are odd, and what is odd in them?

A defect is kept with its mail, which is read anyway. Many are harmless, such as a
bot's mail without a Date, or a name that is not encoded.
"""

from collections import Counter

from chosen import chosen_window

from kvminbox import safe_text
from kvminbox.models import DEFECT_CODES


def main() -> None:
    seen: Counter[str] = Counter()
    with chosen_window() as window:
        for message in window.messages():
            for defect in message.defects:
                seen[defect.code] += 1
                print(safe_text(f"{message.message_id}: {defect.text}"))
    print()
    for code, count in seen.most_common():
        print(f"{count:5} {code}: {DEFECT_CODES[code]}")


if __name__ == "__main__":
    main()
