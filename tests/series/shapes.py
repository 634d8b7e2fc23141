"""What series look like on a list: the mails, and the series that they are."""

SHAPES = {
    "a lone patch is a series of one": (
        "p 0 jane - [PATCH] one",
        "v1 complete: p",
    ),
    "a cover letter and the patches that answer it are a series": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "patches that answer the first are a series without a cover letter": (
        """
        1 0 jane - [PATCH 1/3] one
        2 1 jane 1 [PATCH 2/3] two
        3 2 jane 1 [PATCH 3/3] three
        """,
        "v1 complete: 1 2 3",
    ),
    "each patch may answer the one before it": (
        """
        c 0 jane -     [PATCH 0/3] topic
        1 1 jane c     [PATCH 1/3] one
        2 2 jane c,1   [PATCH 2/3] two
        3 3 jane c,1,2 [PATCH 3/3] three
        """,
        "v1 complete: c 1 2 3",
    ),
    "each patch may name only the one before it": (
        """
        c 0 jane - [PATCH 0/3] topic
        1 1 jane c [PATCH 1/3] one
        2 2 jane 1 [PATCH 2/3] two
        3 3 jane 2 [PATCH 3/3] three
        """,
        "v1 complete: c 1 2 3",
    ),
    "the last patch may arrive first": (
        """
        2 2 jane c [PATCH 2/2] two
        1 1 jane c [PATCH 1/2] one
        c 0 jane - [PATCH 0/2] topic
        """,
        "v1 complete: c 1 2",
    ),
    "a wrong clock may date a cover letter an hour behind its patches": (
        """
        c 60 jane - [PATCH 0/2] topic
        1  1 jane c [PATCH 1/2] one
        2  2 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a wrong clock may date a patch an hour before the one that it answers": (
        """
        1 60 jane - [PATCH 1/2] one
        2  0 jane 1 [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a cover letter may state the revision for patches that state none": (
        """
        c 0 jane - [PATCH v3 0/2] topic
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v3 complete: c 1 2",
    ),
    "patches may state the revision for a cover letter that states none": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane c [PATCH v2 1/2] one
        2 2 jane c [PATCH v2 2/2] two
        """,
        "v2 complete: c 1 2",
    ),
    "a series without any threading is joined by sender, total and time": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane - [PATCH 1/2] one
        2 2 jane - [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a series without threading or cover letter, and with an odd bracket, is joined by time": (
        """
        1 0 jane - [Patch 1/2]: one
        2 1 jane - [Patch 2/2]: two
        """,
        "v1 complete: 1 2",
    ),
    "two people who send a series of two at once, without threading, are not mixed": (
        """
        a1 0 jane - [PATCH 1/2] one
        b1 1 adam - [PATCH 1/2] other one
        a2 2 jane - [PATCH 2/2] two
        b2 3 adam - [PATCH 2/2] other two
        """,
        """
        v1 complete: a1 a2
        v1 complete: b1 b2
        """,
    ),
    "series for two trees at once, without threading, are not mixed": (
        """
        a1 0 jane - [PATCH kvmtool 1/2] one
        b1 1 jane - [PATCH qemu 1/2] other one
        a2 2 jane - [PATCH kvmtool 2/2] two
        b2 3 jane - [PATCH qemu 2/2] other two
        """,
        """
        v1 complete: a1 a2
        v1 complete: b1 b2
        """,
    ),
    "a mail server that gives a cover letter a new Message-ID leaves it with its patches": (
        """
        new 0 jane -    [PATCH 0/2] topic
        1   1 jane lost [PATCH 1/2] one
        2   2 jane lost [PATCH 2/2] two
        """,
        "v1 complete: new 1 2",
    ),
    "patches whose cover letter is not here are joined by the mail they answer": (
        """
        1  0 jane lost [PATCH 1/2] one
        2 50 jane lost [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "patches of two threads are not joined by time": (
        """
        1 0 jane lost [PATCH 1/2] one
        2 1 jane gone [PATCH 2/2] two
        """,
        """
        v1 incomplete, missing 2: 1
        v1 incomplete, missing 1: 2
        """,
    ),
    "what somebody else answers to a patch is not of its series": (
        """
        1  0 jane - [PATCH 1/2] one
        x 30 adam 1 [PATCH 2/2] my two
        """,
        """
        v1 incomplete, missing 2: 1
        v1 incomplete, missing 1: x
        """,
    ),
    "what is not there is missing": (
        """
        c 0 jane - [PATCH 0/4] topic
        1 1 jane c [PATCH 1/4] one
        3 3 jane c [PATCH 3/4] three
        """,
        "v1 incomplete, missing 2 4: c 1 3",
    ),
    "a cover letter may be all there is": (
        "c 0 jane - [PATCH 0/2] topic",
        "v1 cover_only, missing 1 2: c",
    ),
    "`3/n` is one more patch and leaves the total as it is": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        3 9 jane c [PATCH 3/n] three
        """,
        "v1 over_full: c 1 2 3",
    ),
    "a cover letter that miscounts is the patches' own if one program sent them": (
        """
        send1 0.0 jane -     [PATCH v3 0/2] topic
        send2 0.1 jane send1 [PATCH v3 1/3] one
        send3 0.2 jane send1 [PATCH v3 2/3] two
        send4 0.3 jane send1 [PATCH v3 3/3] three
        """,
        "v3 complete: send1 send2 send3 send4",
    ),
    "a cover letter and patches of two totals, of one program, are two series": (
        """
        send1 0.0 jane -     [PATCH 0/1] topic
        send2 0.1 jane send1 [PATCH 1/1] one
        send3 0.2 jane send1 [PATCH 1/2] other one
        send4 0.3 jane send1 [PATCH 2/2] other two
        """,
        """
        v1 complete: send1 send2
        v1 complete: send3 send4
        """,
    ),
    "a patch of another total that answers the cover letter is of another series": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        x 3 jane c [PATCH (3/3)] other three
        """,
        """
        v1 complete: c 1 2
        v1 incomplete, missing 1 2: x
        """,
    ),
    "a number past the total, sent a day later, adds to the series": (
        """
        c    0 jane - [PATCH kvmtool v4 0/2] topic
        1    1 jane c [PATCH kvmtool v4 1/2] one
        2    2 jane c [PATCH kvmtool v4 2/2] two
        3 1500 jane - [PATCH kvmtool v4 3/2] three
        """,
        "v4 over_full: c 1 2 3",
    ),
    "a number past the total in the series' own thread adds to it at once": (
        """
        c 0 jane - [PATCH v4 0/2] topic
        1 1 jane c [PATCH v4 1/2] one
        2 2 jane c [PATCH v4 2/2] two
        3 3 jane c [PATCH v4 3/2] three
        """,
        "v4 over_full: c 1 2 3",
    ),
    "a number past the total, sent a month later, adds to nothing": (
        """
        1     0 jane - [PATCH 1/1] one
        2 43200 jane - [PATCH 2/1] two
        """,
        """
        v1 complete: 1
        v1 incomplete, missing 1: 2
        """,
    ),
    "a patch and the other's second revision are of two series": (
        """
        1 0 jane - [PATCH 1/2] one
        2 1 jane 1 [PATCH v2 2/2] two
        """,
        """
        v1 incomplete, missing 2: 1
        v2 incomplete, missing 1: 2
        """,
    ),
    "a patch without a number that answers a series is a series of its own": (
        """
        1 0 jane -   [PATCH 1/2] one
        2 1 jane 1   [PATCH 2/2] two
        x 9 jane 1,2 [PATCH] one more
        """,
        """
        v1 complete: 1 2
        v1 complete: x
        """,
    ),
    "a diff in a reply is in no series": (
        """
        1 0 jane - [PATCH 1/2] one
        2 1 jane 1 [PATCH 2/2] two
        r 9 adam 2 Re: [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "one patch sent three times is three series": (
        """
        a  0 jane - [PATCH 1/4] one
        b  5 jane - [PATCH 1/4] one
        d 10 jane - [PATCH 1/4] one
        """,
        """
        v1 incomplete, missing 2 3 4: a
        v1 incomplete, missing 2 3 4: b
        v1 incomplete, missing 2 3 4: d
        """,
    ),
    "a second revision in answer to the first is a series of its own": (
        """
        1   0 jane -       [PATCH 1/2] one
        2   1 jane 1       [PATCH 2/2] two
        w1 90 jane 1       [PATCH v2 1/2] one
        w2 91 jane 1,w1    [PATCH v2 2/2] two
        """,
        """
        v1 complete: 1 2
        v2 complete: w1 w2
        """,
    ),
    "a second try without a label, in answer to the first, is a series of its own": (
        """
        1   0 jane -    [PATCH 1/2] one
        2   1 jane 1    [PATCH 2/2] two
        w1 90 jane 1    [PATCH 1/2] one
        w2 91 jane 1,w1 [PATCH 2/2] two
        """,
        """
        v1 complete: 1 2
        v1 complete: w1 w2
        """,
    ),
    "a second try without a label, in answer to the first's cover letter, is one too": (
        """
        c   0 jane - [PATCH 0/2] topic
        1   1 jane c [PATCH 1/2] one
        2   2 jane c [PATCH 2/2] two
        w1 90 jane c [PATCH 1/2] one
        w2 91 jane c [PATCH 2/2] two
        """,
        """
        v1 complete: c 1 2
        v1 complete: w1 w2
        """,
    ),
    "a second try without label or threading is told apart by time": (
        """
        c   0 jane - [PATCH 0/2] topic
        1   1 jane - [PATCH 1/2] one
        2   2 jane - [PATCH 2/2] two
        d  90 jane - [PATCH 0/2] topic
        w1 91 jane - [PATCH 1/2] one
        w2 92 jane - [PATCH 2/2] two
        """,
        """
        v1 complete: c 1 2
        v1 complete: d w1 w2
        """,
    ),
    "a second try without threading, minutes later, goes to the nearer cover letter": (
        """
        c   0 jane - [PATCH 0/2] topic
        1   1 jane - [PATCH 1/2] one
        2   2 jane - [PATCH 2/2] two
        d  10 jane - [PATCH 0/2] topic
        w1 11 jane - [PATCH 1/2] one
        w2 12 jane - [PATCH 2/2] two
        """,
        """
        v1 complete: c 1 2
        v1 complete: d w1 w2
        """,
    ),
    "a second try without threading, minutes later, is told apart by its numbers": (
        """
        1  0 jane - [PATCH 1/2] one
        2  1 jane - [PATCH 2/2] two
        w1 5 jane - [PATCH 1/2] one
        w2 6 jane - [PATCH 2/2] two
        """,
        """
        v1 complete: 1 2
        v1 complete: w1 w2
        """,
    ),
    "a second try without a label, in a thread of its own, is a series of its own": (
        """
        c   0 jane - [PATCH 0/2] topic
        1   1 jane c [PATCH 1/2] one
        2   2 jane c [PATCH 2/2] two
        d   5 jane - [PATCH 0/2] topic
        w1  6 jane d [PATCH 1/2] one
        w2  7 jane d [PATCH 2/2] two
        """,
        """
        v1 complete: c 1 2
        v1 complete: d w1 w2
        """,
    ),
    "two revisions, each in a thread of its own, are two": (
        """
        c   0 jane - [PATCH 0/2] topic
        1   1 jane c [PATCH 1/2] one
        2   2 jane c [PATCH 2/2] two
        d   5 jane - [PATCH v2 0/2] topic
        w1  6 jane d [PATCH v2 1/2] one
        w2  7 jane d [PATCH v2 2/2] two
        """,
        """
        v1 complete: c 1 2
        v2 complete: d w1 w2
        """,
    ),
    "two revisions without cover letters are two": (
        """
        1   0 jane -  [PATCH 1/2] one
        2   1 jane 1  [PATCH 2/2] two
        w1  2 jane -  [PATCH v2 1/2] one
        w2  3 jane w1 [PATCH v2 2/2] two
        """,
        """
        v1 complete: 1 2
        v2 complete: w1 w2
        """,
    ),
    "a resend is a series of its own": (
        """
        c   0 jane - [PATCH v2 0/1] topic
        1   1 jane c [PATCH v2 1/1] one
        d  90 jane c [PATCH RESEND v2 0/1] topic
        w1 91 jane d [PATCH RESEND v2 1/1] one
        """,
        """
        v2 complete: c 1
        v2 complete: d w1
        """,
    ),
    "a revision that answers the cover letter of the last is not pulled into it": (
        """
        c   0 jane -      [PATCH 0/2] topic
        1   1 jane c      [PATCH 1/2] one
        2   2 jane c      [PATCH 2/2] two
        d   9 jane c      [PATCH v2 0/2] topic
        w1 10 jane c,d    [PATCH v2 1/2] one
        w2 11 jane c,d    [PATCH v2 2/2] two
        """,
        """
        v1 complete: c 1 2
        v2 complete: d w1 w2
        """,
    ),
    "a revision that answers a cover letter without a label, a day later, is not its own": (
        """
        c     0 jane - [PATCH 0/2] topic
        w1 1500 jane c [PATCH v2 1/2] one
        w2 1501 jane c [PATCH v2 2/2] two
        """,
        """
        v1 cover_only, missing 1 2: c
        v2 complete: w1 w2
        """,
    ),
    "a revision that answers a patch of the last is not pulled into it": (
        """
        c   0 jane -        [PATCH 0/2] topic
        1   1 jane c        [PATCH 1/2] one
        2   2 jane c        [PATCH 2/2] two
        d  90 jane c,2      [PATCH v2 0/3] topic
        w1 91 jane c,2,d    [PATCH v2 1/3] one
        w2 92 jane c,2,d    [PATCH v2 2/3] two
        w3 93 jane c,2,d    [PATCH v2 3/3] three
        """,
        """
        v1 complete: c 1 2
        v2 complete: d w1 w2 w3
        """,
    ),
    "a second revision of a lone patch is a series of its own": (
        """
        p  0 jane - [PATCH] one
        q 90 jane p [PATCH v2] one
        """,
        """
        v1 complete: p
        v2 complete: q
        """,
    ),
    "two revisions sent seconds apart in one answer to the first cover letter are two": (
        """
        send1 0.0 jane - [PATCH 0/2] topic
        send2 0.1 jane send1 [PATCH 1/2] one
        send3 0.2 jane send1 [PATCH 2/2] two
        send4 0.3 jane send1 [PATCH v2 0/2] topic
        send5 0.4 jane send1 [PATCH v2 1/2] one
        send6 0.5 jane send1 [PATCH v2 2/2] two
        """,
        """
        v1 complete: send1 send2 send3
        v2 complete: send4 send5 send6
        """,
    ),
    "the later revision may arrive first": (
        """
        d  90 jane -   [PATCH v2 0/1] topic
        w1 91 jane d   [PATCH v2 1/1] one
        c   0 jane -   [PATCH 0/1] topic
        1   1 jane c   [PATCH 1/1] one
        """,
        """
        v1 complete: c 1
        v2 complete: d w1
        """,
    ),
    "Mercurial counts `1 of 2`": (
        """
        c 0 jane - [PATCH 0 of 2] topic
        1 1 jane c [PATCH 1 of 2] one
        2 2 jane c [PATCH 2 of 2] two
        """,
        "v1 complete: c 1 2",
    ),
    "Mercurial counts without a cover letter": (
        """
        1 0 jane - [PATCH 1 of 2] one
        2 1 jane 1 [PATCH 2 of 2] two
        """,
        "v1 complete: 1 2",
    ),
    "Mercurial counts without threading too": (
        """
        1 0 jane - [PATCH 1 of 2 v3] one
        2 1 jane - [PATCH 2 of 2 v3] two
        """,
        "v3 complete: 1 2",
    ),
    "a comma may stand between revision and number": (
        """
        c 0 jane - [PATCH v6,0/2] topic
        1 1 jane c [PATCH v6,1/2] one
        2 2 jane c [PATCH v6,2/2] two
        """,
        "v6 complete: c 1 2",
    ),
    "two revisions in one thread, with covers of one title, are two series": (
        """
        c  0 jane -    [PATCH 0/1] topic
        1  1 jane c    [PATCH 1/1] one
        r  5 adam c    Re: [PATCH 0/1] topic
        d 90 jane c,r  [PATCH v2 0/1] topic
        w 91 jane d    [PATCH v2 1/1] one
        """,
        """
        v1 complete: c 1
        v2 complete: d w
        """,
    ),
    "two sequences in one thread are two series": (
        """
        c  0 jane - [PATCH 0/2] kernel side
        1  1 jane c [PATCH 1/2] one
        2  2 jane c [PATCH 2/2] two
        d  3 jane c [PATCH kvmtool 0/3] tool side
        t1 4 jane d [PATCH kvmtool 1/3] tool one
        t2 5 jane d [PATCH kvmtool 2/3] tool two
        t3 6 jane d [PATCH kvmtool 3/3] tool three
        """,
        """
        v1 complete: c 1 2
        v1 complete: d t1 t2 t3
        """,
    ),
    "two sequences that answer one mail are two series": (
        """
        ~r 0 adam -  Which of the two?
        1  1 jane ~r [PATCH 1/2] one way
        2  2 jane ~r [PATCH 2/2] one way more
        t1 3 jane ~r [PATCH 1/3] other way
        t2 4 jane ~r [PATCH 2/3] other way more
        t3 5 jane ~r [PATCH 3/3] other way done
        """,
        """
        v1 complete: 1 2
        v1 complete: t1 t2 t3
        """,
    ),
    "somebody else's series in answer to a cover letter is his own": (
        """
        c  0 jane - [PATCH 0/2] topic
        1  1 jane c [PATCH 1/2] one
        2  2 jane c [PATCH 2/2] two
        x 30 adam c [PATCH 1/2] better
        y 31 adam c [PATCH 2/2] better too
        """,
        """
        v1 complete: c 1 2
        v1 complete: x y
        """,
    ),
    "a mail sent twice at once is a duplicate": (
        """
        c  0 jane - [PATCH 0/2] topic
        1  1 jane c [PATCH 1/2] one
        2  2 jane c [PATCH 2/2] two
        2b 4 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2 (+2b)",
    ),
    "`v5.1 2/3` is a partial re-roll": (
        """
        c   0 jane -   [PATCH v5 0/3] topic
        1   1 jane c   [PATCH v5 1/3] one
        2   2 jane c   [PATCH v5 2/3] two
        3   3 jane c   [PATCH v5 3/3] three
        2b 90 jane c,2 [PATCH v5.1 2/3] two
        """,
        """
        v5 complete: c 1 2 3
        v5.1 partial_reroll, missing 1 3: 2b
        """,
    ),
    "`v5.1 2/3` is one whatever it answers": (
        """
        c   0 jane -  [PATCH v5 0/3] topic
        2b 90 jane c  [PATCH v5.1 2/3] two
        """,
        """
        v5 cover_only, missing 1 2 3: c
        v5.1 partial_reroll, missing 1 3: 2b
        """,
    ),
    "a later revision of one patch, in answer to it, is a partial re-roll": (
        """
        c   0 jane -   [PATCH 0/3] topic
        1   1 jane c   [PATCH 1/3] one
        2   2 jane c   [PATCH 2/3] two
        3   3 jane c   [PATCH 3/3] three
        2b 90 jane c,2 [PATCH v2 2/3] two
        """,
        """
        v1 complete: c 1 2 3
        v2 partial_reroll, missing 1 3: 2b
        """,
    ),
    "a patch that replaces the one it answers, without a label, is a partial re-roll": (
        """
        c   0 jane -   [PATCH 0/2] topic
        1   1 jane c   [PATCH 1/2] one
        2   2 jane c   [PATCH 2/2] two
        2b 90 jane c,2 [PATCH 2/2] two
        """,
        """
        v1 complete: c 1 2
        v1 partial_reroll, missing 1: 2b
        """,
    ),
    "the same minutes later": (
        """
        c  0 jane -   [PATCH 0/2] topic
        1  1 jane c   [PATCH 1/2] one
        2  2 jane c   [PATCH 2/2] two
        2b 5 jane c,2 [PATCH 2/2] two
        """,
        """
        v1 complete: c 1 2
        v1 partial_reroll, missing 1: 2b
        """,
    ),
    "the same without a cover letter": (
        """
        1   0 jane -   [PATCH 1/2] one
        2   1 jane 1   [PATCH 2/2] two
        2b 90 jane 1,2 [PATCH 2/2] two
        """,
        """
        v1 complete: 1 2
        v1 partial_reroll, missing 1: 2b
        """,
    ),
    "a root without a number that the sender's patches answer is their cover letter": (
        """
        ~c 0 jane -  Topic: what these do
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: ~c 1 2",
    ),
    "a bug report that somebody answers with patches is no cover letter": (
        """
        ~b  0 adam -  It crashes
        1  30 jane ~b [PATCH 1/2] one
        2  31 jane ~b [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a bug report that its sender answers with patches next day is no cover letter": (
        """
        ~b    0 jane -  It crashes
        1  1500 jane ~b [PATCH 1/2] one
        2  1501 jane ~b [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a root that only one of two patches answers is no cover letter": (
        """
        ~c 0 jane -  A question
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane -  [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a root that the sender's only patch answers is no cover letter": (
        """
        ~c 0 jane -  A question
        1  1 jane ~c [PATCH 1/1] one
        """,
        "v1 complete: 1",
    ),
    "one mail is the cover letter of one series": (
        """
        ~c 0 jane -  Both ways
        1  1 jane ~c [PATCH 1/2] one way
        2  2 jane ~c [PATCH 2/2] one way more
        t1 3 jane ~c [PATCH 1/3] other way
        t2 4 jane ~c [PATCH 2/3] other way more
        t3 5 jane ~c [PATCH 3/3] other way done
        """,
        """
        v1 complete: ~c 1 2
        v1 complete: t1 t2 t3
        """,
    ),
    "a pull request is the cover letter of the patches that answer it": (
        """
        ~c 0 jane -  [GIT PULL] updates
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: ~c 1 2",
    ),
    "so is a pull request with a number": (
        """
        ~c 0 jane -  [GIT PULL 0/2] updates
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: ~c 1 2",
    ),
    "numbered pull requests are no series": (
        """
        ~c 0 jane -  [GIT PULL 0/2] updates
        ~1 1 jane ~c [GIT PULL 1/2] one branch
        ~2 2 jane ~c [GIT PULL 2/2] other branch
        """,
        "",
    ),
    "quilt's ids of one sending differ in the fraction": (
        """
        quilt1 0 jane - [patch 1/3] one
        quilt3 40 jane - [patch 3/3] three
        quilt2 80 jane - [patch 2/3] two
        """,
        "v1 complete: quilt1 quilt2 quilt3",
    ),
    "git send-email's ids of one sending differ in the number": (
        """
        send2 0 jane lost [PATCH 1/2] one
        send3 45 jane gone [PATCH 2/2] two
        """,
        "v1 complete: send2 send3",
    ),
    "an old git send-email's too": (
        """
        old2 0 jane lost [PATCH 1/2] one
        old3 45 jane gone [PATCH 2/2] two
        """,
        "v1 complete: old2 old3",
    ),
    "b4's ids of one sending differ in number and hash": (
        """
        b4-1 0 jane lost [PATCH 1/2] one
        b4-2 45 jane gone [PATCH 2/2] two
        """,
        "v1 complete: b4-1 b4-2",
    ),
    "git format-patch's ids of one sending differ in the hash": (
        """
        git1 0 jane lost [PATCH 1/2] one
        git2 45 jane gone [PATCH 2/2] two
        """,
        "v1 complete: git1 git2",
    ),
    "patches whose threads meet above the mails that they answer are joined by time": (
        """
        1 0 jane lost      [PATCH 1/2] one
        2 1 jane lost,gone [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a number may stand behind the bracket": (
        """
        1 0 jane - [PATCH] 1/3: one
        2 1 jane - [PATCH] 2/3: two
        """,
        "v1 incomplete, missing 3: 1 2",
    ),
    "patches that nobody has counted yet are as many as there are": (
        """
        1 0 jane - [PATCH 1/n] one
        3 1 jane 1 [PATCH 3/n] three
        """,
        "v1 incomplete, missing 2: 1 3",
    ),
    "an earlier revision that answers the later is no partial re-roll of it": (
        """
        2  0 jane - [PATCH v3 2/3] two
        x 90 jane 2 [PATCH v2 2/3] two
        """,
        """
        v3 incomplete, missing 1 3: 2
        v2 incomplete, missing 1 3: x
        """,
    ),
    "a reply that its sender's patches answer is no cover letter": (
        """
        ~c 0 jane -  Re: topic
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a mail that answers another, with a new subject, is none either": (
        """
        ~c 0 jane lost Topic: what these do
        1  1 jane ~c   [PATCH 1/2] one
        2  2 jane ~c   [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a patch that answers a reply to another is of that one's series": (
        """
        1   0 jane -    [PATCH 1/2] one
        ~r 80 adam 1    Re: [PATCH 1/2] one
        2  90 jane 1,~r [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a patch that answers a lost answer to the cover letter is of its series": (
        """
        c  0 jane -      [PATCH 0/2] topic
        1 80 jane c,lost [PATCH 1/2] one
        2 81 jane c      [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "without threading the mails of half an hour are one sending": (
        """
        1 10 jane - [PATCH 1/2] one
        2 40 jane - [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a minute more, and they are two": (
        """
        1 10 jane - [PATCH 1/2] one
        2 41 jane - [PATCH 2/2] two
        """,
        """
        v1 incomplete, missing 2: 1
        v1 incomplete, missing 1: 2
        """,
    ),
    "one sending without threading ends half an hour behind its first mail, and one more": (
        """
        1  0 jane - [PATCH 1/4] one
        2 30 jane - [PATCH 2/4] two
        3 31 jane - [PATCH 3/4] three
        4 32 jane - [PATCH 4/4] four
        """,
        """
        v1 incomplete, missing 4: 1 2 3
        v1 incomplete, missing 1 2 3: 4
        """,
    ),
    "a wrong clock may date patches without threading before their cover letter": (
        """
        1 20 jane - [PATCH 1/2] one
        2 21 jane - [PATCH 2/2] two
        c 40 jane - [PATCH 0/2] topic
        """,
        "v1 complete: c 1 2",
    ),
    "a number past the total, sent a week later, adds to the series": (
        """
        1     0 jane - [PATCH 1/1] one
        2 10080 jane - [PATCH 2/1] two
        """,
        "v1 over_full: 1 2",
    ),
    "a number past the total that is taken adds nothing": (
        """
        1    0 jane - [PATCH 1/1] one
        2   90 jane - [PATCH 2/1] two
        2b 180 jane - [PATCH 2/1] two
        """,
        """
        v1 over_full: 1 2
        v1 incomplete, missing 1: 2b
        """,
    ),
    "a number past the total in another thread adds nothing": (
        """
        1  0 jane lost [PATCH 1/1] one
        2 90 jane gone [PATCH 2/1] two
        """,
        """
        v1 complete: 1
        v1 incomplete, missing 1: 2
        """,
    ),
    "a mail sent twice within half an hour is a duplicate": (
        """
        c   0 jane - [PATCH 0/2] topic
        1   1 jane c [PATCH 1/2] one
        2   2 jane c [PATCH 2/2] two
        2b 32 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2 (+2b)",
    ),
    "patches may state the revision half an hour behind a cover letter that states none": (
        """
        c  0 jane - [PATCH 0/2] topic
        1 30 jane c [PATCH v2 1/2] one
        2 30 jane c [PATCH v2 2/2] two
        """,
        "v2 complete: c 1 2",
    ),
    "a cover letter that says no total has that of its patches": (
        """
        c 0 jane - [PATCH 0/n] topic
        1 1 jane c [PATCH 1/3] one
        """,
        "v1 incomplete, missing 2 3: c 1",
    ),
    "a cover letter alone that says no total lacks nothing": (
        "c 0 jane - [PATCH 0/n] topic",
        "v1 cover_only: c",
    ),
    "a cover letter that miscounts may have one patch": (
        """
        send1 0.0 jane -     [PATCH 0/3] topic
        send2 0.1 jane send1 [PATCH 1/2] one
        """,
        "v1 incomplete, missing 2: send1 send2",
    ),
    "a later revision of one patch, in answer to another, is no partial re-roll": (
        """
        1   0 jane -   [PATCH 1/3] one
        2   1 jane 1   [PATCH 2/3] two
        3b 90 jane 1,2 [PATCH v2 3/3] three
        """,
        """
        v1 incomplete, missing 3: 1 2
        v2 incomplete, missing 1 2: 3b
        """,
    ),
    "a mail that a cover letter answers does not take its place": (
        """
        ~r 0 jane -    Plans
        c  1 jane ~r   [PATCH 0/2] topic
        1  2 jane ~r,c [PATCH 1/2] one
        2  3 jane ~r,c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "of two series the second may have a cover letter without a number": (
        """
        a1 0 adam -  [PATCH 1/2] one
        a2 1 adam a1 [PATCH 2/2] two
        ~c 2 jane -  Topic: what these do
        1  3 jane ~c [PATCH 1/2] one
        2  4 jane ~c [PATCH 2/2] two
        """,
        """
        v1 complete: a1 a2
        v1 complete: ~c 1 2
        """,
    ),
    "a cover letter without a number may be of the same second as its patches": (
        """
        ~c 0 jane -  Topic: what these do
        1  0 jane ~c [PATCH 1/2] one
        2  0 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: ~c 1 2",
    ),
    "a cover letter without a number may be an hour older than its patches": (
        """
        ~c  0 jane -  Topic: what these do
        1  60 jane ~c [PATCH 1/2] one
        2  61 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: ~c 1 2",
    ),
    "a cover letter without a number is no more than an hour older": (
        """
        ~c  0 jane -  Topic: what these do
        1  61 jane ~c [PATCH 1/2] one
        2  62 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "one sender may have two addresses": (
        """
        c 0 jane@jane.example     - [PATCH 0/2] topic
        1 1 jane+kvm@jane.example c [PATCH 1/2] one
        2 2 jane@lab.jane.example c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
}
"""The expected series of each table of mails; the names are the promises."""
