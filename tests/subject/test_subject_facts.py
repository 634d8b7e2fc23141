"""What a subject line says: reply, mark, revision, counter, title."""

import pytest

from kvminbox import read_message
from kvminbox.subject import parse_subject

# subject: title, revision, counter, total, and the flags that are set
FACTS = {
    "KVM: light the lamp": ("KVM: light the lamp", 1, 1, 1, ""),
    "[PATCH] KVM: light the lamp": ("KVM: light the lamp", 1, 1, 1, "mark"),
    "[PATCH 2/7] KVM: light it": ("KVM: light it", 1, 2, 7, "mark counter"),
    "[PATCH v6,19/24] arm64: light it": ("arm64: light it", 6, 19, 24, "mark counter revision"),
    "[PATCH v3; 1/2] light it": ("light it", 3, 1, 2, "mark counter revision"),
    "[RFC PATCH v2 00/12] light it": ("light it", 2, 0, 12, "mark rfc counter revision"),
    "[PATCHSET 0/4] light it": ("light it", 1, 0, 4, "mark counter"),
    "[PATCHSETv2 0/4] light it": ("light it", 2, 0, 4, "mark counter revision"),
    "[PATCH V2 1/2] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[PATCHv2 1/2] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[PATCH-v2 1/2] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[PATCH_v2] light it": ("light it", 2, 1, 1, "mark revision"),
    "[RFCv2 1/2] light it": ("light it", 2, 1, 2, "mark rfc counter revision"),
    "[RFC/PATCH 1/2] light it": ("light it", 1, 1, 2, "mark rfc counter"),
    "[v2 PATCH] light it": ("light it", 2, 1, 1, "mark revision"),
    "[v2 3/6] light it": ("light it", 2, 3, 6, "mark counter revision"),
    "[PATCH v5.5 03/30] light it": ("light it", 5, 3, 30, "mark counter revision minor"),
    "[PATCH -v2 1/2] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[PATCH -V2] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH =v2 1/2] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[PATCH -v2.1] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH -v20231] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH lamp v2019.04-hall 2/7] light it": ("light it", 1, 2, 7, "mark counter"),
    "[PATCH lamp v2019.04-hall v4 6/6] light it": ("light it", 4, 6, 6, "mark counter revision"),
    "[PATCH v2019] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH v5.10 1/2] light it": ("light it", 1, 1, 2, "mark counter"),
    "[PATCH v5.4-rc1] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH v5.1b 3/9] light it": ("light it", 5, 3, 9, "mark counter revision minor"),
    "[PATCH v123 1/2] light it": ("light it", 123, 1, 2, "mark counter revision"),
    "[PATCH] light it (v2019)": ("light it (v2019)", 1, 1, 1, "mark"),
    "PATCH v2019 light it": ("PATCH v2019 light it", 1, 1, 1, ""),
    "[PATCH v2/resend 0/8] light it": ("light it", 2, 0, 8, "mark resend counter revision"),
    "[PATCH v2-RESEND] light it": ("light it", 2, 1, 1, "mark resend revision"),
    "[PATCH v2repost] light it": ("light it", 2, 1, 1, "mark resend revision"),
    "[PATCH RESEND/v2 1/2] light it": ("light it", 2, 1, 2, "mark resend counter revision"),
    "[PATCH v2/rfc] light it": ("light it", 2, 1, 1, "mark rfc revision"),
    "[PATCH v2b] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH v3fix 1/2] light it": ("light it", 3, 1, 2, "mark counter revision"),
    "[PATCH v2> 1/2] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[V9fs-developer] [PATCH 1/2] light it": ("light it", 1, 1, 2, "mark counter"),
    "[V9fs-developer] [PATCH v2] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH v4l-utils] light it": ("light it", 1, 1, 1, "mark"),
    "[V4L] [PATCH V4L/DVB v3] light it": ("light it", 3, 1, 1, "mark revision"),
    "[PATCH v3d-next v2] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH v9p] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH v2-respin] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH 1of3] light it": ("light it", 1, 1, 3, "mark counter"),
    "[PATCH of3] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH 2/3][v2] light it": ("light it", 2, 2, 3, "mark counter revision"),
    "[GIT PULL][PATCH v2 0/5] light it": ("light it", 2, 0, 5, "mark pull counter revision"),
    "[PATCH RFC} light it": ("light it", 1, 1, 1, "mark rfc"),
    "[PATCH v2) light it": ("light it", 2, 1, 1, "mark revision"),
    "{PATCH 1/2] light it": ("light it", 1, 1, 2, "mark counter"),
    "{PATCH v3} light it": ("light it", 3, 1, 1, "mark revision"),
    "[CFT}[PATCH] light it": ("light it", 1, 1, 1, "mark"),
    "[RFC]{PATCH 1/2] light it": ("light it", 1, 1, 2, "mark rfc counter"),
    "PATCH v2] light it": ("light it", 2, 1, 1, "mark revision"),
    "patch net-next] light it": ("light it", 1, 1, 1, "mark"),
    "v2 PATCH] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH v2 light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH v2 1/3 light it": ("light it", 2, 1, 3, "mark counter revision"),
    "PATCH v4 light it": ("light it", 4, 1, 1, "mark revision"),
    "patch v4 light it": ("patch v4 light it", 1, 1, 1, ""),
    "PATCH the lamp": ("PATCH the lamp", 1, 1, 1, ""),
    "v2 of lamps] light it": ("v2 of lamps] light it", 1, 1, 1, ""),
    "{lamp} light it": ("{lamp} light it", 1, 1, 1, ""),
    "[lamp) light it": ("[lamp) light it", 1, 1, 1, ""),
    "[PATCH] {v2} light it": ("{v2} light it", 1, 1, 1, "mark"),
    "[PATCH] lamp[0} light it": ("lamp[0} light it", 1, 1, 1, "mark"),
    "Subject: [PATCH] light it": ("light it", 1, 1, 1, "mark"),
    "Subject: light it": ("Subject: light it", 1, 1, 1, ""),
    "[PATCH -v4.4] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH v4.4] light it": ("light it", 4, 1, 1, "mark revision minor"),
    "[PATCH v4rev2] light it": ("light it", 4, 1, 1, "mark revision"),
    "[PATCH v4---..././../--1/.2//] light it": ("light it", 4, 1, 1, "mark revision"),
    "[PATCH stable v4.9 v2] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH stable v4.9] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH net-next v3 1/2] light it": ("light it", 3, 1, 2, "mark counter revision"),
    "[PATCH ver3 1/2] light it": ("light it", 3, 1, 2, "mark counter revision"),
    "[PATCH 018/132] light it": ("light it", 1, 18, 132, "mark counter"),
    "[PATCH 100/123] light it": ("light it", 1, 100, 123, "mark counter"),
    "[PATCH 1 of 2] light it": ("light it", 1, 1, 2, "mark counter"),
    "[PATCH 2 / 7] light it": ("light it", 1, 2, 7, "mark counter"),
    "[PATCH1/8] light it": ("light it", 1, 1, 8, "mark counter"),
    "[v2PATCH1/4] light it": ("light it", 2, 1, 4, "mark counter revision"),
    "[v2.3PATCH1/4] light it": ("light it", 2, 1, 4, "mark counter revision minor"),
    "[PATCH 3/n] light it": ("light it", 1, 3, 3, "mark counter"),
    "[PATCH 1/n] light it": ("light it", 1, 1, 1, "mark counter"),
    "[PATCH v4 12/11] light it": ("light it", 4, 12, 12, "mark counter revision"),
    "[PATCH 4/3] light it": ("light it", 1, 4, 4, "mark counter"),
    "[PATCH 0/0] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH ٠/٠] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH １/２] light it": ("light it", 1, 1, 2, "mark counter"),
    "[PATCH 5.10/5.15] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH for-6.7/io_uring 7/7] light it": ("light it", 1, 7, 7, "mark counter"),
    "[PATCH 1/6] [DOC] light it": ("light it", 1, 1, 6, "mark counter"),
    "[FYI][PATCH] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH] [RFC] [1/2] light it": ("light it", 1, 1, 2, "mark rfc counter"),
    "[PATCH] [other] [PATCH] message": ("message", 1, 1, 1, "mark"),
    "[PATCH,1/2] light it": ("light it", 1, 1, 2, "mark counter"),
    "[PATCH] rewrite [a-z] patterns": ("rewrite [a-z] patterns", 1, 1, 1, "mark"),
    "[PATCH [kvmtool] v2] light it": ("light it", 2, 1, 1, "mark revision"),
    "[Patch 2/2]: light it": ("light it", 1, 2, 2, "mark counter"),
    "[PATCH 3/3 v2] light it": ("light it", 2, 3, 3, "mark counter revision"),
    "[RESEND PATCH v2] light it": ("light it", 2, 1, 1, "mark resend revision"),
    "[PATCH REBASED v5 0/3] light it": ("light it", 5, 0, 3, "mark resend counter revision"),
    "[PATCH Resubmitted] light it": ("light it", 1, 1, 1, "mark resend"),
    "[PATCH, to be rebased] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH 4/4] [TO BE REBASED] light it": ("light it", 1, 4, 4, "mark counter"),
    "[rebased] light it": ("light it", 1, 1, 1, ""),
    "[PATCH V5 (RESEND) 0/4] light it": ("light it", 5, 0, 4, "mark resend counter revision"),
    "[PATCH RE-SEND] light it": ("light it", 1, 1, 1, "mark resend"),
    "[REPOST PATCH] light it": ("light it", 1, 1, 1, "mark resend"),
    "[PATCH (v3) (1/2)] light it": ("light it", 3, 1, 2, "mark counter revision"),
    "[PATCH v2: 1/2.] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[PATCH :v2 .1/2] light it": ("light it", 2, 1, 2, "mark counter revision"),
    "[stable:PATCH] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH] light it (v2)": ("light it (v2)", 2, 1, 1, "mark revision"),
    "[PATCH v3] light it (v2)": ("light it (v2)", 3, 1, 1, "mark revision"),
    "[PATCH 1/3] light it [v2]": ("light it [v2]", 2, 1, 3, "mark counter revision"),
    "[PATCH 1/3] light it [ver #2]": ("light it [ver #2]", 2, 1, 3, "mark counter revision"),
    "[PATCH 1/3] light it [ver  #12]": ("light it [ver  #12]", 12, 1, 3, "mark counter revision"),
    "[PATCH] light it [version #2]": ("light it [version #2]", 2, 1, 1, "mark revision"),
    "[PATCH] light it (ver 2)": ("light it (ver 2)", 2, 1, 1, "mark revision"),
    "[PATCH] light it (ver. 2)": ("light it (ver. 2)", 2, 1, 1, "mark revision"),
    "[PATCH] light it [ver 2.0]": ("light it [ver 2.0]", 1, 1, 1, "mark"),
    "[PATCH] light it (v2 hardware)": ("light it (v2 hardware)", 1, 1, 1, "mark"),
    "[PATCH] light it (server 2)": ("light it (server 2)", 1, 1, 1, "mark"),
    "[PATCH] light it (version 2)": ("light it (version 2)", 1, 1, 1, "mark"),
    "[PATCH] light it [issue #2]": ("light it [issue #2]", 1, 1, 1, "mark"),
    "[PATCH] light it [ver #2] again": ("light it [ver #2] again", 1, 1, 1, "mark"),
    "[PATCH] 1/2: light it": ("1/2: light it", 1, 1, 2, "mark counter"),
    "[PATCH 2/5] 1/2: light it": ("1/2: light it", 1, 2, 5, "mark counter"),
    "1/2: light it": ("1/2: light it", 1, 1, 1, ""),
    "PATCH v2 1/3: light it": ("light it", 2, 1, 3, "mark counter revision"),
    "PATCH v4 00/11] light it": ("light it", 4, 0, 11, "mark counter revision"),
    "[PATCH -v2] light it": ("light it", 2, 1, 1, "mark revision"),
    "[PATCH -V3 1/2] light it": ("light it", 3, 1, 2, "mark counter revision"),
    "[PATCH -next] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH -rc2] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH -v5.10] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH -v2.6.32] light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH] Re: light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH 1/2]RE:light it": ("light it", 1, 1, 2, "mark counter"),
    "[PATCH] Re: [RFC] light it": ("light it", 1, 1, 1, "mark rfc"),
    "[PATCH] Return: light it": ("Return: light it", 1, 1, 1, "mark"),
    "[PATCH] Aw: light it": ("Aw: light it", 1, 1, 1, "mark"),
    "[PATCH] lamp: Re: light it": ("lamp: Re: light it", 1, 1, 1, "mark"),
    "[PATCH]light it": ("light it", 1, 1, 1, "mark"),
    "[PATCH] XEN: light it": ("XEN: light it", 1, 1, 1, "mark"),
    "[XPATCH] light it": ("light it", 1, 1, 1, ""),
    " : light it": (" : light it", 1, 1, 1, ""),
    "[GIT PULL] lamps for 6.7": ("lamps for 6.7", 1, 1, 1, "pull"),
    "[PULL 0/4] lamps": ("lamps", 1, 0, 4, "mark pull counter"),
    "[GIT PULL v2] lamps": ("lamps", 2, 1, 1, "mark pull revision"),
    "[syzbot] [mm?] a lamp burns": ("a lamp burns", 1, 1, 1, ""),
    "[Bug 12345] New: no light": ("New: no light", 1, 1, 1, ""),
    "[ANN] lamps meet in May": ("lamps meet in May", 1, 1, 1, ""),
    'Patch "light it" has been added to the 5.10-stable tree': (
        'Patch "light it" has been added to the 5.10-stable tree', 1, 1, 1, "",
    ),
    "[PATCH light it": ("[PATCH light it", 1, 1, 1, ""),
    "［PATCH v2 1/3］ light it": ("light it", 2, 1, 3, "mark counter revision"),
    "【PATCH】light it": ("light it", 1, 1, 1, "mark"),
    "": ("", 1, 1, 1, ""),
}  # fmt: skip


def flags_of(subject):
    seen = {
        "mark": subject.has_patch_mark,
        "rfc": subject.is_rfc,
        "resend": subject.is_resend,
        "pull": subject.is_pull,
        "counter": subject.counter_stated,
        "revision": subject.revision_stated,
        "minor": subject.minor_revision is not None,
        "reply": subject.is_reply,
    }
    return {name for name, is_set in seen.items() if is_set}


@pytest.mark.parametrize("raw", FACTS)
def test_numbers_flags_and_title(raw):
    """Each form of a first post has its title and numbers, and says which are stated."""
    subject = parse_subject(raw)
    title, revision, counter, total, flags = FACTS[raw]
    assert (subject.title, subject.revision) == (title, revision)
    assert (subject.counter, subject.total) == (counter, total)
    assert flags_of(subject) == set(flags.split())


@pytest.mark.parametrize(
    "raw",
    [
        "Re: light it", "RE: light it", "re: light it", "Re:light it", "RE[2]: light it",
        "Re^3: light it", "Re(2): light it", "Re : light it", "Re: Re: light it", "Fwd: light it",
        "FW: light it", "Fw: light it", "Forwarded: light it", "AW: light it", "Aw: light it",
        "Antw: light it", "Antwort: light it", "WG: light it", "SV: light it", "Odp: light it",
        "RES: light it", "RIF: light it", "YNT: light it", "RÉF: light it", "Ответ: light it",
        "回复: light it", "回复：light it", "答复: light it", "答复：light it", "回覆: light it",
        "转发: light it", "返信: light it", "答覆: light it", "轉寄: light it", "転送: light it",
        "***SPAM*** Re: light it", "{SPAM?} Re: light it",
        "Re: AW: Re[4]: light it",
    ],
)  # fmt: skip
def test_reply_marks_in_many_languages(raw):
    """A reply or forward mark in any known language makes a reply, and is not in the title."""
    subject = parse_subject(raw)
    assert subject.is_reply
    assert subject.title == "light it"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("Re: [PATCH v2 1/3] light it", "light it"),
        ("re: [PATCH] light it", "light it"),
        ("Re: PATCH v2 1/3: light it", "light it"),
        ("[kbuild] Re: [PATCH v2 1/3] light it", "light it"),
        ("[External] Re: [PATCH v2 1/3] light it", "light it"),
        ("***SPAM*** Re: [PATCH v2 1/3] light it", "light it"),
        ("Re: (subset) [PATCH v2 1/3] light it", "light it"),
        ("Re: (subset) light it", "(subset) light it"),
        ("TR: [PATCH v2 1/3] light it", "light it"),
        ("VS: [PATCH v2 1/3] light it", "light it"),
        ("R: [PATCH v2 1/3] light it", "light it"),
        ("***SPAM*** TR: [PATCH v2 1/3] light it", "light it"),
        ("lamps burn (was Re: [PATCH v2] light it)", "lamps burn (was Re: [PATCH v2] light it)"),
    ],
)
def test_replies_to_patches(raw, title):
    """A reply to a patch is a reply, whatever a filter or a client put around its mark."""
    subject = parse_subject(raw)
    assert (subject.is_reply, subject.title) == (True, title)


@pytest.mark.parametrize(
    "raw",
    [
        "mm: light it", "rv: light it", "net: light it", "[PATCH] re: light it", "rest: light it",
        "[PATCH] mm: light it", "resume: light it", "lamps (was dark)", "***SPAM*** light it",
        "Regarding lamps: light it", "r: light it",
    ],
)  # fmt: skip
def test_no_reply_mark(raw):
    """A subsystem's name, or a mark after the patch's own, does not make a reply."""
    assert not parse_subject(raw).is_reply


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("[PATCH v2\n 17/18] light it", "light it"),
        ("[PATCH v2 17/18,\n\tkvmtool] light it", "light it"),
        ("[PATCH v2 17/18]\n  light\n it", "light it"),
        ("=?utf-8?q?=5BPATCH_v2_17/18=5D_light?=\n =?utf-8?q?_it?=", "light it"),
    ],
)
def test_a_subject_that_is_folded(make_mail, written, title):
    """A folded subject is one line, even if it is folded within its marks."""
    subject = read_message(make_mail(subject=written)).subject
    assert (subject.revision, subject.counter, subject.total) == (2, 17, 18)
    assert (subject.title, "\n" in subject.raw) == (title, False)


TOKENS = {
    "[PATCH net-next v2 1/3] x": "PATCH/patch net-next/tree v2/revision 1/3/counter",
    "[kvm-unit-tests PATCH 2/4] x": "kvm-unit-tests/tree PATCH/patch 2/4/counter",
    "[PATCH AUTOSEL 4.9 1/2] x": "PATCH/patch AUTOSEL/tree 4.9/tree 1/2/counter",
    "[PATCH 5.10/5.15] x": "PATCH/patch 5.10/5.15/tree",
    "[PATCH for-6.7/io_uring 7/7] x": "PATCH/patch for-6.7/io_uring/tree 7/7/counter",
    "[PATCH -e2fsprogs] x": "PATCH/patch -e2fsprogs/tree",
    "[PATCH stable v4.9 v2] x": "PATCH/patch stable/tree v4.9/tree v2/revision",
    "[stable v4.9] x": "stable/label v4.9/tree",
    "[PATCH]x": "PATCH/patch",
    "[GIT PULL 0/2] x": "GIT/pull PULL/pull 0/2/counter",
    "[PATCH git 1/2] x": "PATCH/patch git/tree 1/2/counter",
    "[FYI][PATCH] x": "FYI/label PATCH/patch",
    "[syzbot] [mm?] x": "syzbot/label mm?/label",
    "[PATCH [kvmtool] v2] x": "PATCH/patch kvmtool/tree v2/revision",
    "[RFC/RFT PATCH] x": "RFC/rfc RFT/tree PATCH/patch",
    "[stable:PATCH] x": "stable:/tree PATCH/patch",
    "[PATCH V5 (RESEND)] x": "PATCH/patch V5/revision (RESEND)/resend",
}


@pytest.mark.parametrize("raw", TOKENS)
def test_each_word_of_a_group_has_its_kind(raw):
    """Words that are neither numbers nor marks are trees beside a mark, else labels."""
    tokens = parse_subject(raw).tokens
    assert " ".join(f"{token.text}/{token.kind}" for token in tokens) == TOKENS[raw]


def test_trees_are_the_tree_tokens():
    """`trees` holds the tree and project words in the line's order, without the labels."""
    assert parse_subject("[ANN] [PATCH kvmtool 6.6.y v2] x").trees == ("kvmtool", "6.6.y")
    assert parse_subject("[PATCH lamp v2019.04-hall] x").trees == ("lamp", "v2019.04-hall")


def test_the_minor_revision_of_a_partial_re_roll():
    """`v5.1` is revision 5 with the minor revision 1, never revision 51 or none."""
    subject = parse_subject("[PATCH v5.1 3/9] light it")
    assert (subject.revision, subject.minor_revision, subject.revision_stated) == (5, 1, True)


def test_a_number_of_many_digits_is_no_counter():
    """Numbers above 9999 are bug numbers or dates, not places in a series."""
    subject = parse_subject("[PATCH 20231/20240] [v20231] x")
    assert not subject.counter_stated
    assert not subject.revision_stated


def test_of_several_numbers_the_first_counts():
    """A second counter or revision in the line is a token, but no fact."""
    subject = parse_subject("[PATCH v2 1/3] [v5 2/9] light it")
    assert (subject.revision, subject.counter, subject.total) == (2, 1, 3)
    assert len(subject.tokens) == 5


@pytest.mark.parametrize(("group", "count"), [("[lamp]", 64), ("[lamp hall]", 32)])
def test_a_line_of_groups_has_an_end(group, count):
    """After 64 words the title begins, and what follows them is in it."""
    subject = parse_subject(group * (count + 2) + " light it")
    assert len(subject.tokens) == 64
    assert subject.title == f"{group * 2} light it"


def test_an_endless_group_is_the_title():
    """A bracket that is not closed soon opens no group, and no text is lost."""
    line = f"[PATCH {'lamp ' * 60}] light it"
    subject = parse_subject(line)
    assert (subject.title, subject.tokens) == (line, ())
