"""b4's samples: which tags each patch gets, and what is committed of it."""

from kvminbox import Address, CoverLetter, Submission, group_series, read_message
from kvminbox.review import review_all
from kvminbox.review.names import split_name
from tests.peers.suites.reading import split_mbox

OWN = "test-override@example.com"
"""The user of b4's tests, who signs off what is applied."""

OTHER_RULES = ("-noadd", "-with-ignored", "-sloppy")
"""Results of options that change which tags count."""


def compare_tags(folder):
    """Yield each result of `b4 am` and the fields in which ours differ, for one of its patches."""
    samples = folder / "src/tests/samples"
    for path in sorted(samples.glob("*-ref-*.txt")):
        name, _, option = path.stem.partition("-ref")
        if option in OTHER_RULES:
            continue
        tags = _read_tags(samples / f"{name}.mbox")
        for result in map(read_message, split_mbox(path)):
            if isinstance(result, CoverLetter) or not isinstance(result, Submission):
                continue
            case = f"{path.name} {result.message_id}"
            patch, given = tags.get(result.message_id, (None, set()))
            if patch is None:
                yield case, ["absent"]
                continue
            found = {
                "title": patch.title != result.title,
                "author": patch.author != result.author,
                "diff": patch.diffstat != result.diffstat,
                "tags": given != _own_tags(result),
            }
            yield case, [field for field, differs in found.items() if differs]


def _read_tags(path):
    """Return for each patch of a sample the patch, and the tags that it carries or was given."""
    messages = [read_message(raw) for raw in split_mbox(path)]
    found = {}
    series = list(group_series(messages))
    for one, review in zip(series, review_all(series, messages), strict=True):
        for patch in one.patches:
            tags = _own_tags(patch)
            for tag in review.tags:
                if patch.subject.counter in tag.patches and tag.self_attested is not False:
                    tags.add((tag.name.lower(), tag.person.email.lower()))
            found[patch.message_id] = patch, tags
    return found


def _own_tags(patch):
    return {
        (name.lower(), trailer.address.email.lower())
        for trailer in patch.trailers
        if trailer.address and trailer.name.lower().endswith("-by")
        for name in split_name(trailer.name)
        if trailer.address.email != OWN
    }


def compare_commits(folder):
    """Yield each commit that b4's tests expect of a sample, and the fields in which ours differ."""
    samples = folder / "src/tests/samples"
    path = samples / "shazam-git1-just-series.mbox"
    messages = [read_message(raw) for raw in split_mbox(path)]
    patches = {one.title: one for series in group_series(messages) for one in series.patches}
    expected = (samples / f"{path.stem}-defaults.verify").read_text("utf-8")
    for number, commit in enumerate(filter(None, expected.split("---\n")), 1):
        email, _, title, message = commit.split("\n", 3)
        patch = patches.get(title)
        found = {
            "title": patch is None,
            "author": (patch.author if patch else Address()).email != email,
            "message": patch is not None and patch.commit_message != message.strip(),
        }
        yield (
            f"{path.stem}-defaults.verify {number}",
            [field for field, differs in found.items() if differs],
        )


def compare_covers(folder, expected):
    """Yield each thread with a mail that may be a cover letter, and whether ours differs."""
    for name, has_cover in expected.items():
        messages = [read_message(raw) for raw in split_mbox(folder / "src/tests/samples" / name)]
        [series] = group_series(messages)
        yield f"{name} cover", ["cover"] if (series.cover is not None) != has_cover else []
