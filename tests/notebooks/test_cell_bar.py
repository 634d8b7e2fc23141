"""A bar outside a notebook."""

from kvminbox.notebook import Bar, cell_bar


def test_without_a_notebook_there_is_no_bar(capsys):
    """In a script the block gets no callback, and nothing is printed."""
    with cell_bar("reading") as progress:
        assert progress is None
    assert capsys.readouterr() == ("", "")


def test_a_bar_is_as_long_as_what_is_done():
    """A bar's width is the share that is done; before the total is known it is empty."""
    assert "width:25%" in Bar("reading", 5, 20)._repr_html_()
    assert "width:0%" in Bar("reading")._repr_html_()
    assert repr(Bar("reading", 5, 2000)) == "reading: 5 of 2,000"


def test_a_run_with_nothing_to_do_is_done_at_its_end():
    """A bar that was never advanced says so when the block has ended, and is full."""
    bar = Bar("updating")
    bar.is_done = True
    assert repr(bar) == "updating: done"
    assert "width:100%" in bar._repr_html_()
