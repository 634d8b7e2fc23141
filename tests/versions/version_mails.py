"""Short makers of small series for the tests of versions."""

from kvminbox import group_series, read_message
from kvminbox.sample.compose import Draft, Edit, compose_mail

DAY = 86_400
START = 1_700_000_000
JANE = "Jane Doe <jane@doe.example>"
ROB = "Rob Roe <rob@roe.example>"
BASE = tuple(f"line {number}" for number in range(20))


def edit(path="virt/timer.c", added="a new line"):
    """Return an edit that adds a line to the middle of a file."""
    return Edit(path, BASE, (*BASE[:10], added, *BASE[10:]))


def patch(subject, identity, day=0, edits=None, **more):
    """Return a patch mail of a day."""
    return mail(subject, identity, day, edits=edits or (edit(),), **more)


def mail(subject, identity, day=0, sender=JANE, **more):
    """Return a mail of a day."""
    draft = Draft(sender, subject, identity, **{"text": "Some words.\n", **more})
    return read_message(compose_mail(draft, START + int(day * DAY)))


def make_series(tag, identity, day, titles, cover="Mend the timer", code="", **more):
    """Return the mails of a series with a cover letter: `tag` is such as `PATCH v2`."""
    head = f"{identity}-0@doe.example"
    total = len(titles)
    notes, cover_parents = more.pop("cover_text", ""), more.pop("parents", ())
    first = mail(
        f"[{tag} 0/{total}] {cover}",
        head,
        day,
        text=f"Hello.\n\n{notes}\n",
        parents=cover_parents,
        **more,
    )
    patches = [
        patch(
            f"[{tag} {number}/{total}] {title}",
            f"{identity}-{number}@doe.example",
            day + number / DAY,
            edits=(edit(f"virt/{title.split()[-1]}.c", f"{title}{code}"),),
            parents=(*cover_parents, head),
            **more,
        )
        for number, title in enumerate(titles, 1)
    ]
    return [first, *patches]


def group(*messages):
    """Return the series of some mails, or lists of mails."""
    flat = []
    for message in messages:
        flat += message if isinstance(message, list) else [message]
    return group_series(flat)
