"""How long is the range, what became of each of its commits, and what sorts of mail came?

Arrival is the committer date of the archive. The Date header is the sender's
claim, and may be years away.
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
