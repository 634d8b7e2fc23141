"""Own words around the marks by which mail clients introduce the mail that is answered."""

import pytest

from kvminbox.review import parse_reply_trailers
from kvminbox.review.own_text import own_lines
from kvminbox.review.quoting import LANGUAGES
from tests.growth import count_calls
from tests.review.review_mails import EWA

TAG = f"Reviewed-by: {EWA}"
OTHER = "Acked-by: Jo Tan <jo@user.example>"

# what the clients write for the mail of `Ada Pfeiffer <ada@silicon.example>`, by language
COPIED = {
    "English": """-----Original Message-----
From: Ada Pfeiffer <ada@silicon.example>
Sent: Wednesday, May 1, 2024 10:00 AM
To: kvm@lists.example
Subject: [PATCH] KVM: a timer
""",
    "German": """-----Ursprüngliche Nachricht-----
Von: Ada Pfeiffer <ada@silicon.example>
Gesendet: Mittwoch, 1. Mai 2024 10:00
An: kvm@lists.example
Betreff: [PATCH] KVM: a timer
""",
    "French": """De : Ada Pfeiffer <ada@silicon.example>
Envoyé : mercredi 1 mai 2024 10:00
À : kvm@lists.example
Objet : [PATCH] KVM: a timer
""",
    "Spanish": """-----Mensaje original-----
De: Ada Pfeiffer <ada@silicon.example>
Enviado el: miércoles, 1 de mayo de 2024 10:00
Para: kvm@lists.example
Asunto: [PATCH] KVM: a timer
""",
    "Italian": """-----Messaggio originale-----
Da: Ada Pfeiffer <ada@silicon.example>
Inviato: mercoledì 1 maggio 2024 10:00
A: kvm@lists.example
Oggetto: [PATCH] KVM: a timer
""",
    "Portuguese": """De: Ada Pfeiffer <ada@silicon.example>
Enviado: quarta-feira, 1 de maio de 2024 10:00
Para: kvm@lists.example
Assunto: [PATCH] KVM: a timer
""",
    "Dutch": """-----Oorspronkelijk bericht-----
Van: Ada Pfeiffer <ada@silicon.example>
Verzonden: woensdag 1 mei 2024 10:00
Aan: kvm@lists.example
Onderwerp: [PATCH] KVM: a timer
""",
    "Swedish": """Från: Ada Pfeiffer <ada@silicon.example>
Skickat: den 1 maj 2024 10:00
Till: kvm@lists.example
Ämne: [PATCH] KVM: a timer
""",
    "Danish": """Fra: Ada Pfeiffer <ada@silicon.example>
Sendt: 1. maj 2024 10:00
Til: kvm@lists.example
Emne: [PATCH] KVM: a timer
""",
    "Norwegian": """-----Opprinnelig melding-----
Fra: Ada Pfeiffer <ada@silicon.example>
Sendt: onsdag 1. mai 2024 10:00
Til: kvm@lists.example
Kopi: jo@user.example
""",
    "Finnish": """Lähettäjä: Ada Pfeiffer <ada@silicon.example>
Lähetetty: keskiviikko 1. toukokuuta 2024 10.00
Vastaanottaja: kvm@lists.example
Aihe: [PATCH] KVM: a timer
""",
    "Polish": """Od: Ada Pfeiffer <ada@silicon.example>
Wysłane: środa, 1 maja 2024 10:00
Do: kvm@lists.example
Temat: [PATCH] KVM: a timer
""",
    "Czech": """---------- Původní zpráva ----------
Od: Ada Pfeiffer <ada@silicon.example>
Komu: kvm@lists.example
Datum: 1. 5. 2024 10:00:00
Předmět: [PATCH] KVM: a timer
""",
    "Hungarian": """Feladó: Ada Pfeiffer <ada@silicon.example>
Elküldve: 2024. május 1., szerda 10:00
Címzett: kvm@lists.example
Tárgy: [PATCH] KVM: a timer
""",
    "Turkish": """Kimden: Ada Pfeiffer <ada@silicon.example>
Gönderildi: 1 Mayıs 2024 Çarşamba 10:00
Kime: kvm@lists.example
Konu: [PATCH] KVM: a timer
""",
    "Russian": """От: Ada Pfeiffer <ada@silicon.example>
Отправлено: 1 мая 2024 г. 10:00
Кому: kvm@lists.example
Тема: [PATCH] KVM: a timer
""",
    "Ukrainian": """Від: Ada Pfeiffer <ada@silicon.example>
Надіслано: 1 травня 2024 р. 10:00
Кому: kvm@lists.example
Тема: [PATCH] KVM: a timer
""",
    "Japanese": """差出人: Ada Pfeiffer <ada@silicon.example>
送信日時: 2024年5月1日 10:00
宛先: kvm@lists.example
件名: [PATCH] KVM: a timer
""",
    "Korean": """-----원본 메시지-----
보낸 사람: Ada Pfeiffer <ada@silicon.example>
보낸 날짜: 2024년 5월 1일 수요일 오전 10:00
받는 사람: kvm@lists.example
제목: [PATCH] KVM: a timer
""",
    "Chinese, simplified": """-----邮件原件-----
发件人: Ada Pfeiffer <ada@silicon.example>
发送时间: 2024年5月1日 10:00
收件人: kvm@lists.example
主题: [PATCH] KVM: a timer
""",
    "Chinese, traditional": """寄件者: Ada Pfeiffer <ada@silicon.example>
寄件日期: 2024年5月1日 上午 10:00
收件者: kvm@lists.example
主旨: [PATCH] KVM: a timer
""",
    "Outlook, bold": """*From:* Ada Pfeiffer <ada@silicon.example>
*Sent:* Wednesday, May 1, 2024 10:00 AM
*To:* kvm@lists.example
*Subject:* [PATCH] KVM: a timer
""",
    "Outlook, a long Cc": """From: Ada Pfeiffer <ada@silicon.example>
Sent: Wednesday, May 1, 2024 10:00 AM
To: kvm@lists.example; Jo Tan <jo@user.example>; Ewa Lis
<ewa@kvm.example>; Ben Okafor <ben@cloud.example>
Cc: linux@lists.example
Subject: [PATCH] KVM: a timer
""",
    "Thunderbird": """-------- Original Message --------
Subject: [PATCH] KVM: a timer
Date: Wed, 1 May 2024 10:00:00 +0200
From: Ada Pfeiffer <ada@silicon.example>
To: kvm@lists.example
""",
    "Zimbra": """----- Original Message -----
From: "Ada Pfeiffer" <ada@silicon.example>
To: kvm@lists.example
Cc: "Jo Tan" <jo@user.example>
Sent: Wednesday, 1 May, 2024 10:00:00
Subject: [PATCH] KVM: a timer
""",
    "Lotus Notes": """From:\tAda Pfeiffer <ada@silicon.example>
To:\tkvm@lists.example
Date:\t05/01/2024 10:00 AM
Subject:\t[PATCH] KVM: a timer
""",
    "Lotus Notes, between dashes": """-----Ada Pfeiffer <ada@silicon.example> wrote: -----
To: kvm@lists.example
From: Ada Pfeiffer <ada@silicon.example>
Date: 05/01/2024 10:00AM
Subject: [PATCH] KVM: a timer
""",
    "Foxmail": """From: Ada Pfeiffer
Date: 2024-05-01 10:00
To: kvm@lists.example
CC: jo@user.example
Subject: [PATCH] KVM: a timer
""",
    "QQ": """------------------ 原始邮件 ------------------
发件人: "Ada Pfeiffer" <ada@silicon.example>;
发送时间: 2024年5月1日(星期三) 上午10:00
收件人: "kvm" <kvm@lists.example>;
主题: [PATCH] KVM: a timer
""",
    "QQ, English": """------------------ Original ------------------
From: "Ada Pfeiffer" <ada@silicon.example>;
Date: Wed, May 1, 2024 10:00 AM
To: "kvm" <kvm@lists.example>;
Subject: [PATCH] KVM: a timer
""",
    "NetEase": """-----原始邮件-----
发件人：Ada Pfeiffer <ada@silicon.example>
发送时间：2024-05-01 10:00:00 (星期三)
收件人：kvm@lists.example
主题：[PATCH] KVM: a timer
""",
}


@pytest.fixture(params=COPIED.values(), ids=COPIED)
def headers(request):
    """Return the mark of one client."""
    return request.param


def names(message):
    return [trailer.name for trailer in parse_reply_trailers(message)]


def test_every_language_has_a_mail():
    """Each language of the table is tried."""
    assert set(LANGUAGES) <= set(COPIED)
    assert set(LANGUAGES) <= set(WROTE)


def test_copied_mail_is_not_the_answer(reply, headers):
    """Without quotes below it, a block of headers begins the other mail."""
    message = reply(f"Fine.\n\n{TAG}\n\n{headers}\nSay it.\n\n{OTHER}\n")
    assert names(message) == ["Reviewed-by"]
    assert [line for line in own_lines(message) if line] == ["Fine.", TAG]


def test_answer_below_copied_headers_and_quotes(reply, headers):
    """Above quotes, a block of headers is an attribution: answers between and below are own."""
    message = reply(f"Hello,\n\n{headers}\n> Say it.\n\nFine.\n\n> {OTHER}\n\n{TAG}\n")
    assert names(message) == ["Reviewed-by"]
    assert [line for line in own_lines(message) if line] == ["Hello,", ">", "Fine.", ">", TAG]


def test_top_posting_above_copied_headers_and_quotes(reply, headers):
    """A tag above a block of headers and quotes is read, too."""
    assert names(reply(f"{TAG}\n\n{headers}\n> Say it.\n>\n> {OTHER}\n")) == ["Reviewed-by"]


# `wrote:` and the like, by client and language
WROTE = {
    "English": "On Wed, 1 May 2024 10:00:00 +0200, Ada Pfeiffer <ada@silicon.example> wrote:",
    "German": "Am 01.05.24 um 10:00 schrieb Ada Pfeiffer:",
    "French": "Le 01/05/2024 à 10:00, Ada Pfeiffer a écrit\u00a0:",
    "Spanish": "El 1/5/24 a las 10:00, Ada Pfeiffer escribió:",
    "Italian": "Il 01/05/24 10:00, Ada Pfeiffer ha scritto:",
    "Portuguese": "Em 01/05/2024 10:00, Ada Pfeiffer escreveu:",
    "Dutch": "Op 01-05-2024 om 10:00 schreef Ada Pfeiffer:",
    "Swedish": "Den 2024-05-01 kl. 10:00, skrev Ada Pfeiffer:",
    "Danish": "Den 01.05.2024 kl. 10:00 skrev Ada Pfeiffer:",
    "Norwegian": "På 1. mai 2024, skrev Ada Pfeiffer:",
    "Finnish": "1.5.2024 10.00, Ada Pfeiffer kirjoitti:",
    "Polish": "W dniu 1.05.2024 o 10:00, Ada Pfeiffer pisze:",
    "Czech": "Dne 01. 05. 24 v 10:00 Ada Pfeiffer napsal(a):",
    "Hungarian": "2024.05.01. 10:00 keltezéssel, Ada Pfeiffer írta:",
    "Turkish": "1.05.2024 10:00 tarihinde Ada Pfeiffer yazdı:",
    "Russian": "01.05.2024 10:00, Ada Pfeiffer пишет:",
    "Ukrainian": "01.05.2024 10:00, Ada Pfeiffer пише:",
    "Japanese": "2024年5月1日(水) 10:00 Ada Pfeiffer <ada@silicon.example>:",
    "Korean": "2024. 5. 1. 오전 10:00에 Ada Pfeiffer 이(가) 작성:",
    "Chinese, simplified": "在 2024/5/1 10:00, Ada Pfeiffer 写道:",
    "Chinese, traditional": "於 2024/5/1 10:00, Ada Pfeiffer 寫道：",
    "Apple Mail": "On 1 May 2024, at 10:00, Ada Pfeiffer <ada@silicon.example> wrote:",
    "Gmail, Russian": "ср, 1 мая 2024 г. в 10:00, Ada Pfeiffer <ada@silicon.example>:",
    "Gmail, Chinese": "Ada Pfeiffer <ada@silicon.example> 于2024年5月1日周三 10:00写道：",
    "Lotus Notes": "Ada Pfeiffer <ada@silicon.example> wrote on 05/01/2024 10:00:00 AM:",
    "NetEase": 'At 2024-05-01 10:00:00, "Ada Pfeiffer" <ada@silicon.example> wrote:',
    "Emacs": "Ada Pfeiffer <ada@silicon.example> writes:",
    "wrapped": "On Wed, May 1, 2024 at 10:00 AM Ada Pfeiffer\n<ada@silicon.example> wrote:",
    "wrapped twice": "On Wed, May 1, 2024\nAda Pfeiffer via the List\n<ada@x.example> wrote:",
    "below Original Message": "------- Original Message -------\n"
    "On Wednesday, May 1st, 2024 at 10:00, Ada Pfeiffer <ada@silicon.example> wrote:",
}  # fmt: skip


@pytest.mark.parametrize("line", WROTE.values(), ids=WROTE)
def test_attribution_above_quotes(reply, line):
    """`On … wrote:` above quotes is not the sender's words, and an answer below is read."""
    message = reply(f"Hello,\n\n{line}\n\n> Say it.\n> {OTHER}\n\nFine.\n\n{TAG}\n")
    assert names(message) == ["Reviewed-by"]
    assert [text for text in own_lines(message) if text] == ["Hello,", ">", "Fine.", TAG]


def test_attribution_at_the_end_of_a_paragraph(reply):
    """What the sender wrote before `On … wrote:` in the same line is kept."""
    text = "Thanks a lot! On Wed, 1 May 2024, Ada Pfeiffer\n<ada@x.example> wrote:\n> Say it.\n"
    assert own_lines(reply(text))[:2] == ["Thanks a lot!", ">"]


@pytest.mark.parametrize("line", ["[...]", "[snip]", "(...)", "…", "<cut>"])
def test_elision_above_quotes(reply, line):
    """`[...]` between a block of headers and the quotes stands for quotes."""
    headers = COPIED["Outlook, bold"]
    assert names(reply(f"{headers}\n{line}\n\n> Say it.\n\n{TAG}\n")) == ["Reviewed-by"]


def test_from_alone_above_quotes(reply):
    """`From: Ada <…>` alone above quotes is an attribution."""
    text = f"From: Ada Pfeiffer <ada@silicon.example>\n\n> Say it.\n\n{TAG}\n"
    assert own_lines(reply(text))[:2] == ["", ">"]
    assert names(reply(text)) == ["Reviewed-by"]


AGAIN = {
    "From above an attribution": f"From: Jo <jo@x.example>\n\n{WROTE['English']}\n> x\n\n{TAG}\n",
    "two attributions": f"Ada <ada@x.example> wrote:\n\n{WROTE['English']}\n> x\n\n{TAG}\n",
    "a copy below": f"{TAG}\n\nFine.\n\n{WROTE['English']}\n\nSay it.\n\n"
    f"{WROTE['German']}\n{WROTE['English']}\n> x\n",
}  # fmt: skip


@pytest.mark.parametrize("text", [*AGAIN.values(), *COPIED.values()], ids=[*AGAIN, *COPIED])
def test_own_lines_are_own(reply, text):
    """Of the lines that are left, all are own: nothing more would be left out of them."""
    lines = own_lines(reply(f"Hello,\n\n{text}\n\nWords.\n"))
    assert own_lines(reply("\n".join(lines))) == lines


@pytest.mark.parametrize("text", AGAIN.values(), ids=AGAIN)
def test_marks_above_marks(reply, text):
    """What introduces something that introduces a quote is not the sender's either."""
    message = reply(text)
    assert [line for line in own_lines(message) if line not in {"", ">", "Fine."}] == [TAG]


def test_answer_below_an_attribution_without_quotes(reply):
    """Who quotes nothing below `On … wrote:` answers there."""
    line = WROTE["English"]
    assert names(reply(f"Hello Ada,\n\n{line}\n\nFine.\n\n{TAG}\n")) == ["Reviewed-by"]
    assert names(reply(f"Dear Ada,\n{line}\n[...]\n\n{TAG}\n")) == ["Reviewed-by"]


COPIES = {
    "an answer above": f"Fine with me.\nReally.\n\n{WROTE['English']}\n\nSay it.\n\n{OTHER}\n",
    "an attribution within": f"Yes.\n\n{WROTE['German']}\n{WROTE['English']}\n> x\n\n{OTHER}\n",
    "headers above an attribution": f"{COPIED['English']}\n{WROTE['English']}\n> x\n\n{OTHER}\n",
    "forwarded by Thunderbird": "-------- Forwarded Message --------\nSubject: x\nDate: y\nFrom: "
    f"Jo Tan <jo@user.example>\n\n> Say it.\n\n{OTHER}\n",
    "forwarded by Gmail": "---------- Forwarded message ---------\nFrom: Jo <jo@user.example>\n"
    f"Date: Wed, May 1, 2024\nSubject: x\nTo: Ewa\n\n\n{OTHER}\n",
    "forwarded by NetEase": f"-------- 转发邮件信息 --------\n发件人：Jo\n\n{OTHER}\n",
    "QQ without headers": f"Yes.\n\n------------------ Original ------------------\n\n{OTHER}\n",
    "QQ with entities": "Yes.\n\n------------------&nbsp;Original&nbsp;------------------\n\n"
    f"&gt; x\n\nNo.\n\n&gt; {OTHER}\n",
    "an indented rule": f"Yes.\n\n -----Original Message-----\n\n{OTHER}\n",
    "a pasted mail": f"From: Jo <jo@user.example>\nDate: today\nSubject: [PATCH] x\n\n{OTHER}\n",
}  # fmt: skip


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_tags_of_a_copied_mail(reply, text):
    """The tags of a mail that is copied or passed on are not the sender's to give."""
    assert names(reply(text)) == []


OWN = {
    "a question": f"From: where do you take it?\n\nSubject: fine\n\n{TAG}\n",
    "a file": f"From: virt/timer.c\n\n> int timer;\n\n{TAG}\n",
    "a heading": f"Original message:\n\nSay it.\n\n{TAG}\n",
    "the header of a diff": f"--- original\n+++ new\n\n{TAG}\n",
    "a rule": f"-----\n\n{TAG}\n",
    "a manual": f"signal(2) also says:\n> Say it.\n\n{TAG}\n",
    "prose with a year": f"One line.\nTwo.\n\nOn 2024-05-01 it was fine:\n\nall of it\n\n{TAG}\n",
    "forwarded by Apple Mail": f"Begin forwarded message:\n\n> From: Jo\n> {OTHER}\n\n{TAG}\n",
}


@pytest.mark.parametrize("text", OWN.values(), ids=OWN)
def test_own_words_that_resemble_a_mark(reply, text):
    """Prose with the words of a mark hides nothing."""
    assert names(reply(text)) == ["Reviewed-by"]


def test_manual_above_quotes_stays(reply):
    """`signal(2) also says:` above a quote is the sender's."""
    assert own_lines(reply(OWN["a manual"]))[0] == "signal(2) also says:"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "On 2024-05-01 Ada wrote:\n" * 20_000 + "> x\n",
        "From: a@b.example\n" * 20_000,
        ("From: a@b.example\n" + "\n" * 20) * 900,
        "-----Original Message-----\n" * 20_000,
        "2024 " * 70 + "schrieb " * 10_000 + ":",
        "a@b.c " * 60_000 + ":",
    ],
)
def test_many_marks_take_no_time(reply, text):
    """Twenty thousand marks are read in linear time."""
    message = reply(text)
    assert count_calls(lambda: own_lines(message)) < 4_000_000
