"""Which series lack a patch, and may it be outside the range?

The numbers are the sender's: `[PATCH 2/3]` does not mean that three patches exist.
"""

from chosen import chosen_window

from kvminbox import group_series, safe_text


def main() -> None:
    with chosen_window() as window:
        every = group_series(window.messages())
    for series in every:
        if series.status == "incomplete":
            numbers = ", ".join(map(str, series.missing))
            where = "; it may be outside the range" if series.cut else ""
            print(f"{safe_text(series.title)} v{series.revision}: {numbers} missing{where}")
    print(f"{len(every)} series and lone patches")


if __name__ == "__main__":
    main()
