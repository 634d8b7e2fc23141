"""Print a digest of all that an archive holds: `python export_all.py ARCHIVE BASE TIP JOBS`."""

import hashlib
import sys
import tempfile
from pathlib import Path

import kvminbox.index.update as update_room
from kvminbox import Inbox, Index, compare_series, review_all
from kvminbox.reports import SECTIONS, build_report, list_update, new_versions, waiting


def export(corpus):
    """Yield what a corpus holds, as text: models and reports, in each format."""
    messages = list(corpus.messages())
    series = list(corpus.series())
    chains = list(corpus.chains())
    for models in (messages, series, corpus.threads(), chains, review_all(series, messages)):
        yield from (model.model_dump_json() for model in models)
    for chain in chains:
        pairs = zip(chain.series, chain.series[1:], strict=False)
        yield from (compare_series(*pair).model_dump_json() for pair in pairs)
    built = build_report("All", corpus, [make() for make in SECTIONS.values()])
    for report in (list_update(corpus), waiting(corpus), new_versions(corpus), built):
        yield from (report.to_text(), report.to_markdown(), report.to_html(), report.to_json())
        yield from (report.to_terminal(width=80), *map(report.to_csv, report.tables()))


def main(archive, base, tip, jobs):
    """Print the digests of a live window and of one of an index, and of a search."""
    inbox = Inbox.open(archive)
    update_room.MANY = 0  # so that a few mails start processes, too
    with (
        tempfile.TemporaryDirectory() as folder,
        Index.open(Path(folder) / "x.sqlite", create=True) as index,
    ):
        index.update(inbox, jobs=int(jobs))
        windows = inbox.between(base, tip), index.between(base, tip)
        for texts in (*map(export, windows), index.search("s:a* OR b:kvm").message_ids()):
            digest = hashlib.sha256()
            for text in texts:
                digest.update(text.encode() + b"\0")
            print(digest.hexdigest())


if __name__ == "__main__":
    main(*sys.argv[1:])
