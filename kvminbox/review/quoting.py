"""How mail clients mark what they quote: `> `, `On … wrote:`, copied headers, separators.

All but `> ` are above a quoted mail, or above a copy of it without `>`. They come in
the language of the client: `LANGUAGES` has those of Outlook, Thunderbird, Apple Mail,
Gmail, Lotus Notes, Zimbra, Foxmail, QQ and NetEase.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MAX_HEADERS: Final = 24
"""Lines of a copied mail's headers that are read."""

MAX_WRAPPED: Final = 3
"""Lines over which `On … wrote:` may be wrapped."""

MAX_GREETING: Final = 1
"""Lines of a greeting above `On … wrote:`, which do not count as an answer."""

MAX_LABEL: Final = 24
"""Characters at the start of a line in which a copied header has its colon."""

MAX_ELIDED: Final = 60
"""Characters of a line such as `[...]` or `[snip the rest]`."""

MAX_LINE: Final = 400
"""Characters of a line that may be a mark."""


@dataclass(frozen=True, slots=True)
class Language:
    """What mail clients write in one language."""

    sender: str
    """Labels of the copied From header, with `|` between them."""

    date: str
    """Labels of the date."""

    others: str
    """Labels of To, Cc and Subject."""

    original: str = ""
    """What is between dashes above the mail that is answered."""

    forwarded: str = ""
    """What is above a mail that is passed on."""

    opening: str = ""
    """How the line begins that ends in `wrote:`, as patterns."""

    wrote: str = ""
    """The words at its end."""

    wrote_first: str = ""
    """The words behind which the name comes: `schrieb Ada:`."""


LANGUAGES: Final = {
    "English": Language(
        "From", "Sent|Date|Sent at|Sent on",
        "To|Cc|Bcc|Subject|Reply-To|Sent by|Importance|Organization",
        "original message|original mail|original|original e-mail|reply message|reply",
        "forwarded message|begin forwarded message|forwarded mail|forwarded by|fwd|forwarded",
        r"On|At|In article|In message|Quoting|Excerpts from|Thus spake|\* ",
        "wrote|writes", "wrote on",
    ),
    "German": Language(
        "Von", "Gesendet|Datum|Gesendet am", "An|Cc|Kopie|Betreff|Antwort an",
        "ursprüngliche nachricht|ursprüngliche mail|original-nachricht|originalnachricht"
        "|ursprüngliche e-mail",
        "weitergeleitete nachricht|anfang der weitergeleiteten nachricht|weitergeleitete mail",
        r"Am|Zitat von", "schrieb|schreibt", "schrieb|schreibt",
    ),
    "French": Language(
        "De|Expéditeur", "Envoyé|Date|Envoyé le", "À|A|Cc|Objet|Répondre à",
        "message d'origine|message original|mail original|message d’origine",
        "message transféré|début du message réexpédié|début du message transféré|mail transféré",
        r"Le|Selon|En date de", "écrit",
    ),
    "Spanish": Language(
        "De|Desde", "Enviado|Enviado el|Fecha", "Para|CC|Asunto|Responder a",
        "mensaje original|correo original",
        "mensaje reenviado|inicio del mensaje reenviado|mensaje transmitido",
        r"El", "escribió|ha escrito",
    ),
    "Italian": Language(
        "Da", "Inviato|Data|Inviato il", "A|Cc|Oggetto",
        "messaggio originale|messaggio originario",
        "messaggio inoltrato|inizio messaggio inoltrato|inizio del messaggio inoltrato",
        r"Il|In data", "ha scritto|scrive",
    ),
    "Portuguese": Language(
        "De", "Enviado|Enviada|Enviada em|Enviado em|Data", "Para|Cc|Assunto",
        "mensagem original",
        "mensagem encaminhada|mensagem reencaminhada|início da mensagem reencaminhada",
        r"Em|No dia", "escreveu",
    ),
    "Dutch": Language(
        "Van", "Verzonden|Datum|Verstuurd", "Aan|CC|Onderwerp",
        "oorspronkelijk bericht|origineel bericht",
        "doorgestuurd bericht|begin doorgestuurd bericht",
        r"Op", "schreef", "schreef",
    ),
    "Swedish": Language(
        "Från", "Skickat|Datum", "Till|Kopia|Ämne", "ursprungligt meddelande|originalmeddelande",
        "vidarebefordrat meddelande|vidarebefordrat brev", r"Den|På", "skrev", "skrev",
    ),
    "Danish": Language(
        "Fra", "Sendt|Dato", "Til|Cc|Emne", "oprindelig meddelelse|original meddelelse",
        "videresendt besked|videresendt meddelelse|start på videresendt besked",
        r"Den|På", "skrev", "skrev",
    ),
    "Norwegian": Language(
        "Fra", "Sendt|Dato", "Til|Kopi|Emne", "opprinnelig melding|original melding",
        "videresendt melding", r"Den|På", "skrev", "skrev",
    ),
    "Finnish": Language(
        "Lähettäjä", "Lähetetty|Päivä|Päiväys|Päivämäärä", "Vastaanottaja|Kopio|Aihe",
        "alkuperäinen viesti", "välitetty viesti", "", "kirjoitti",
    ),
    "Polish": Language(
        "Od|Nadawca", "Wysłano|Wysłane|Data|Data wysłania", "Do|DW|UDW|Temat",
        "wiadomość oryginalna|oryginalna wiadomość|pierwotna wiadomość",
        "wiadomość przekazana dalej|treść przekazanej wiadomości|przekazana wiadomość",
        r"W dniu|Dnia|(?:pon|wt|śr|czw|pt|sob|niedz)\.,",
        "pisze|napisał|napisała|napisał(a)",
    ),
    "Czech": Language(
        "Od", "Odesláno|Datum", "Komu|Kopie|Předmět", "původní zpráva|původní e-mail",
        "přeposlaná zpráva", r"Dne|(?:po|út|st|čt|pá|so|ne) ", "napsal|napsala|napsal(a)",
    ),
    "Hungarian": Language(
        "Feladó", "Elküldve|Dátum", "Címzett|Másolatot kap|Tárgy", "eredeti üzenet",
        "továbbított üzenet", "", "írta",
    ),
    "Turkish": Language(
        "Kimden|Gönderen", "Gönderildi|Gönderme tarihi|Tarih", "Kime|Bilgi|Konu",
        "özgün ileti|orijinal mesaj", "iletilen mesaj|iletilmiş mesaj", "", "yazdı",
    ),
    "Russian": Language(
        "От|От кого", "Отправлено|Дата|Дата отправки", "Кому|Копия|Тема",
        "исходное сообщение|оригинальное сообщение|первоначальное сообщение",
        "пересылаемое сообщение|перенаправленное сообщение|пересылаемое письмо",
        r"(?:пн|вт|ср|чт|пт|сб|вс),|В письме от",
        "пишет|писал|писала|писал(а)|написал|написала|написал(а)",
    ),
    "Ukrainian": Language(
        "Від|Від кого", "Надіслано|Дата", "Кому|Копія|Тема", "вихідне повідомлення|оригінал листа",
        "переслане повідомлення", r"(?:пн|вт|ср|чт|пт|сб|нд),", "пише|написав",
    ),
    "Japanese": Language(
        "差出人|送信者", "送信日時|日時|日付|送信日", "宛先|件名|CC|写し",
        "元のメッセージ|元のメール", "転送されたメッセージ|転送メッセージ|転送メール",
        "", "さんは書きました|のメール",
    ),
    "Korean": Language(
        "보낸 사람|보낸사람|발신", "보낸 날짜|날짜|보낸날짜|보낸 시간",
        "받는 사람|받는사람|참조|제목|수신",
        "원본 메시지|원본 메일|원본 이메일|원본 내용", "전달된 메시지|전달된 메일", "",
        "작성",
    ),
    "Chinese, simplified": Language(
        "发件人|发送人|寄件人", "发送时间|日期|发送日期|时间", "收件人|抄送|抄送人|主题",
        "原始邮件|邮件原件|原邮件|回复的原邮件|回复邮件",
        "转发的消息|转发邮件信息|转发的邮件|已转发邮件|下面是被转发的邮件",
        "在|于", "写道|编写",
    ),
    "Chinese, traditional": Language(
        "寄件者|寄件人", "寄件日期|傳送時間|日期|傳送日期", "收件者|收件人|副本|主旨",
        "原始郵件|原始信件", "轉寄的郵件|轉寄郵件|轉寄訊息|轉寄信件", "於|在", "寫道|提到|撰寫",
    ),
}  # fmt: skip
"""The marks by language."""


def _gather(read: Callable[[Language], str]) -> frozenset[str]:
    return frozenset(
        mark.casefold() for one in LANGUAGES.values() for mark in read(one).split("|") if mark
    )


_SENDER: Final = _gather(lambda one: one.sender)
_DATE: Final = _gather(lambda one: one.date)
_LABELS: Final = _gather(lambda one: f"{one.sender}|{one.date}|{one.others}")
_ORIGINAL: Final = _gather(lambda one: one.original)
_FORWARDED: Final = _gather(lambda one: one.forwarded)
_WROTE: Final = tuple(sorted(_gather(lambda one: one.wrote)))
# before `Original`, where neither headers nor `On … wrote:` follow
_RULE: Final = "--------"
_QUOTES: Final = frozenset(">|&")
_INITIALS: Final = re.compile(r"[A-Za-z]{1,4}>")
_EDGES: Final = "-_=*<> \t\u00a0\ufeff:："
# Lotus Notes: `-----Ada Pfeiffer <ada@silicon.example> wrote: -----`
_NOTES: Final = re.compile(r"-{3,}\s?[^\n]{1,200}\bwrote:\s?-{3,}")

_DATED: Final = re.compile(r"[\d@]")
# a year, a time, or the day and month
_MOMENT: Final = re.compile(r"\d{4}|\d{1,2}[:.h]\d\d|\d{1,2}[./-]\d{1,2}")
_WORDS: Final = "|".join(one.opening for one in LANGUAGES.values() if one.opening)
_OPENING: Final = rf"(?:{_WORDS})(?=[\W\d])(?=[^\n]{{0,80}}[\d@])"
_OPENS: Final = re.compile(
    rf"[\s\ufeff]*(?:{_OPENING}|\d{{4}}[-/.年년]|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})"
)
# `Thanks! On Wed, 1 May 2024, Ada wrote:`
_OPENS_LATER: Final = re.compile(rf"(?<=[.!?:,)] ){_OPENING}")
# `schrieb Ada:`, `wrote on 01.05.2024 10:00:00:`
_WROTE_FIRST: Final = re.compile(
    rf"\b(?:{'|'.join(_gather(lambda one: one.wrote_first))}) "
    r"[^\n:]{1,120}(?::\d\d[^\n:]{0,60}){0,2}$"
)
# Gmail in Japanese and Russian: a date, a name and `<ada@silicon.example>:`
_ADDRESS_LAST: Final = re.compile(r"\d[^\n]*@[^\s@]+\.[^\s@]+$")
# `[...]`, `(snip)`, `<cut>`
_ELIDED: Final = re.compile(r"\s*(?:[\[(<{]+[^\n:@]*[\])>}]+|[-*]*\s?snip\w*\s?[-*]*|\.\.\.+|…)\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where another mail begins: its attribution, which the sender of this one did not write."""

    begins: int
    """The number of its first line."""

    ends: int
    """The number of the line after it."""

    kept: str = ""
    """What is before it in its first line: `Thanks!`."""

    is_copy: bool = False
    """Whether all that follows is the other mail; else only what is quoted."""

    is_doubtful: bool = False
    """Whether it is one only if nothing below can be the answer."""


UNDECIDED: Final = Mark(-1, -1)
"""A line that may be a mark once what follows it has been left out."""


def is_quoted(line: str) -> bool:
    """Whether a line is marked as a quote: `>`, `|`, or `JD> ` with initials; also `&gt;`."""
    mark = line[:8].lstrip()
    if mark[:1] in _QUOTES:
        return mark[:1] != "&" or mark.startswith("&gt;")
    return ">" in mark and _INITIALS.match(mark) is not None


def may_be_mark(line: str) -> bool:
    """Whether a line is worth a closer look; spares most lines the rest."""
    return ":" in line or "--" in line[:6] or "\uff1a" in line


def find_mark(lines: list[str], number: int) -> Mark | None:
    """Find the mark that begins or ends in the line of that number.

    Return None for a line that resembles none, and `UNDECIDED` for one that is none above
    what follows it: above a quote it would be one.
    """
    line = lines[number]
    if len(line) > MAX_LINE:
        return None
    if _ends_attribution(line):
        return _find_attribution(lines, number) or UNDECIDED
    if line[:1] not in {" ", "\t"} and _read_label(line) in _SENDER:
        return _find_headers(lines, number) or UNDECIDED
    said = line.replace("&nbsp;", " ").strip(_EDGES).casefold()
    if said in _FORWARDED or said in _ORIGINAL or _NOTES.match(line):
        return _find_separator(lines, number, said) or UNDECIDED
    return None


def _ends_attribution(line: str) -> bool:
    """Whether a line ends in `wrote:`, in `schrieb Ada Pfeiffer:`, or in an address and a colon."""
    bare = line.rstrip()
    if bare[-1:] not in {":", "："}:
        return False
    bare = bare[:-1].rstrip()
    return (
        bare.endswith(_WROTE)
        or _WROTE_FIRST.search(bare) is not None
        or ("@" in bare and _ADDRESS_LAST.search(bare) is not None)
    )


def _read_label(line: str) -> str:
    """Return the label of a copied header: of `From:`, `*Sent:*`, `De :`, `发件人：`."""
    label, colon, _ = line[:MAX_LABEL].replace("：", ":").partition(":")
    return label.strip("* \t\u00a0\ufeff").casefold() if colon else ""


def _find_separator(lines: list[str], number: int, said: str) -> Mark | None:
    """Read `-----Original Message-----`, with the headers or the `On … wrote:` below it."""
    ends = _end_of_headers(lines, number + 1)
    if ends > number + 1 and said in _FORWARDED:
        return Mark(number, ends, is_copy=True)
    if ends == number + 1:
        ends = _end_of_attribution(lines, ends)  # Proton Mail has one there
    is_ruled = lines[number].lstrip().startswith(_RULE if said.isalpha() else ("-", "_"))
    if ends == number + 1 and not is_ruled:
        return None  # the words alone may be anything: `--- original` of a diff
    return Mark(number, ends, is_copy=not _are_quotes_next(lines, ends))


def _find_headers(lines: list[str], number: int) -> Mark | None:
    """Read `From: Ada Pfeiffer`, `Sent: Monday, …`, To and Subject.

    Without a date, it is a mark only above quotes, and with an address.
    """
    ends = _end_of_headers(lines, number)
    has_date = any(_read_label(line) in _DATE for line in lines[number + 1 : ends])
    are_quotes_next = _are_quotes_next(lines, ends)
    if has_date or (are_quotes_next and "@" in lines[number]):
        return Mark(number, ends, is_copy=not are_quotes_next)
    return None


def _end_of_headers(lines: list[str], number: int) -> int:
    """Return the number of the line after copied headers; the same number without any."""
    end, last = number, min(len(lines), number + MAX_HEADERS)
    has_sender = False
    while end < last:
        following = _next_line(lines, end)
        label = _read_label(lines[following]) if following < last else ""
        if label not in _LABELS or (has_sender and label in _SENDER):
            break
        has_sender = has_sender or label in _SENDER
        end = following + 1
        # long To and Cc are wrapped, often without an indent
        while end < last and lines[end].strip() and not is_quoted(lines[end]):
            if _read_label(lines[end]) in _LABELS:
                break
            end += 1
    return end


def _are_quotes_next(lines: list[str], number: int) -> bool:
    below = _next_line(lines, number)
    return below < len(lines) and is_quoted(lines[below])


def _next_line(lines: list[str], number: int) -> int:
    """Return the number of the next line that is neither blank nor `[...]`."""
    while number < len(lines) and _is_empty(lines[number]):
        number += 1
    return number


def _is_empty(line: str) -> bool:
    return not line.strip() or (len(line) < MAX_ELIDED and _ELIDED.fullmatch(line) is not None)


def _find_attribution(lines: list[str], number: int) -> Mark | None:
    """Read `On Wed, 1 May 2024, Ada wrote:`, also wrapped, or after the words of a paragraph.

    Many answer below it without a quote. So above other text it is a doubtful mark, but
    for one with an attribution directly below it.
    """
    opening, kept = _find_opening(lines, number)
    begins = number if opening is None else opening
    text = " ".join(lines[begins : number + 1])[len(kept) :]
    if _are_quotes_next(lines, number + 1):
        return Mark(begins, number + 1, kept) if _DATED.search(text) else None
    if opening is None or not _MOMENT.search(text):
        return None
    is_nested = _end_of_attribution(lines, number + 1) > number + 1
    return Mark(begins, number + 1, kept, is_copy=True, is_doubtful=not is_nested)


def _end_of_attribution(lines: list[str], number: int) -> int:
    """Return the number of the line after an attribution; the same number without one."""
    first = _next_line(lines, number)
    # answers may be between the lines of an indented one
    if first < len(lines) and lines[first][:1] != " " and _OPENS.match(lines[first][:MAX_LINE]):
        for last in range(first, min(first + MAX_WRAPPED, len(lines))):
            if _ends_attribution(lines[last][-MAX_LINE:]):
                return last + 1
    return number


def _find_opening(lines: list[str], number: int) -> tuple[int | None, str]:
    """Return the number of the line in which an attribution begins, and what is before it."""
    for begins in range(number, max(-1, number - MAX_WRAPPED), -1):
        line = lines[begins]
        if not line.strip() or is_quoted(line) or len(line) > MAX_LINE:
            break
        if _OPENS.match(line):
            return begins, ""
        if later := _OPENS_LATER.search(line):
            return begins, line[: later.start()].rstrip()
    return None, ""
