"""How long is the range, how are its commits classified, and what kinds of mail does it have?

The time of arrival is the archive's committer date. The Date header is the sender's
claim, and may be years off.
"""

from collections import Counter

from chosen import chosen_window


def main() -> None:
    with chosen_window() as window:
        summary = window.summary()
        arrived = [entry.arrived for entry in window.entries() if entry.arrived]
        kinds = Counter(message.kind for message in window.messages())
    print(f"from {min(arrived)}\n  to {max(arrived)}: {max(arrived) - min(arrived)}\n")
    for name, count in summary:
        print(f"{count:6} {name}")
    print()
    for kind, count in kinds.most_common():
        print(f"{count:6} {kind}")


if __name__ == "__main__":
    main()
