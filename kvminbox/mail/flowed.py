"""format=flowed (RFC 3676): lines that were broken only for display are joined again."""


def unflow_text(text: str, *, delsp: bool) -> str:
    """Undo the soft line breaks and space stuffing of flowed text.

    Only for parts that are declared as flowed: a patch's context line may well end in
    a blank. The signature mark `-- ` is never joined, quoted or not (RFC 3676,
    4.3), nor are lines of different quote depth.

    Args:
        text: the decoded part, with LF line ends.
        delsp: whether the part is declared `delsp=yes`, where the blank before
            a soft break is not part of the text.
    """
    unstuffed = f"\n{text}".replace("\n ", "\n")[1:]
    if " \n" not in text:
        return unstuffed
    pieces: list[str] = []
    depth, is_open = 0, False
    end = "\n" if unstuffed.endswith("\n") else ""
    for line in unstuffed.removesuffix("\n").split("\n"):
        quotes = len(line) - len(line.lstrip(">")) if line[:1] == ">" else 0
        words = line[quotes:].removeprefix(" ") if quotes else line
        is_joined = is_open and quotes == depth and words != "-- "
        pieces.append(words if is_joined else f"\n{line}")
        depth, is_open = quotes, line[-1:] == " " and words != "-- "
        if is_open and delsp:
            pieces[-1] = pieces[-1][:-1]
    return "".join(pieces)[1:] + end
