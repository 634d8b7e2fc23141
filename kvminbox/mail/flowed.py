"""format=flowed (RFC 3676): lines that were broken only to be shown are joined again."""


def unflow_text(text: str, *, delsp: bool) -> str:
    """Undo the soft line breaks and space stuffing of flowed text.

    Only for parts that are declared so: a patch's context line may well end in
    a blank. The signature mark `-- ` is never joined (RFC 3676, 4.3), nor are
    lines of different quote depth.

    Args:
        text: the decoded part, LF line ends.
        delsp: whether the part is declared `delsp=yes`, where the blank before
            a soft break is not part of the text.
    """
    unstuffed = f"\n{text}".replace("\n ", "\n")[1:]
    if " \n" not in text:
        return unstuffed
    lines: list[str] = []
    depth, is_open = 0, False
    for line in unstuffed.split("\n"):
        quotes = len(line) - len(line.lstrip(">")) if line[:1] == ">" else 0
        if is_open and quotes == depth and line != "-- ":
            lines[-1] += line[quotes:].removeprefix(" ") if quotes else line
        else:
            lines.append(line)
        depth, is_open = quotes, line[-1:] == " " and line != "-- "
        if is_open and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
