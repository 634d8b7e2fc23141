"""Shapes of series that few senders make: the mails, and the series that they are."""

UNUSUAL = {
    "a patch of another total in the sending leaves the cover letter's own alone": (
        """
        send1 0.0 jane -     [PATCH v5 0/3] topic
        send2 0.1 jane send1 [PATCH v5 1/1] kernel side
        send3 0.2 jane send1 [PATCH v5 1/3] one
        send4 0.3 jane send1 [PATCH v5 2/3] two
        send5 0.4 jane send1 [PATCH v5 3/3] three
        """,
        """
        v5 complete: send1 send3 send4 send5
        v5 complete: send2
        """,
    ),
    "a cover letter of one patch keeps its own among two of another tree": (
        """
        send1 0.0 jane -     [PATCH 0/1] topic
        send2 0.1 jane send1 [PATCH lib 1/2] lib one
        send3 0.2 jane send1 [PATCH 1/1] one
        send4 0.3 jane send1 [PATCH lib 2/2] lib two
        """,
        """
        v1 complete: send1 send3
        v1 complete: send2 send4
        """,
    ),
    "patches that are counted again in the middle of a sending make it whole": (
        """
        send1 0.0 jane -     [PATCH 0/3] topic
        send2 0.1 jane send1 [PATCH 1/2] one
        send3 0.2 jane send1 [PATCH 2/2] two
        send4 0.3 jane send1 [PATCH 3/3] three
        """,
        "v1 complete: send1 send2 send3 send4",
    ),
    "a single patch of one does not make a cover letter's series whole": (
        """
        send1 0.0 jane -     [PATCH 0/2] topic
        send2 0.1 jane send1 [PATCH 1/1] other one
        send3 0.2 jane send1 [PATCH 2/2] two
        """,
        """
        v1 incomplete, missing 1: send1 send3
        v1 complete: send2
        """,
    ),
    "a cover letter of the last time, revision and total, is that of what was sent along": (
        """
        send1 0.0 jane -     [PATCH v3 0/3] topic
        send2 0.1 jane send1 [PATCH v4 1/2] one
        send3 0.2 jane send1 [PATCH v4 2/2] two
        """,
        "v4 complete: send1 send2 send3",
    ),
    "a cover letter that states revision and total takes more patches that state none": (
        """
        send1 0.0 jane -     [PATCH v3 0/2] topic
        send2 0.1 jane send1 [PATCH 1/3] one
        send3 0.2 jane send1 [PATCH 2/3] two
        send4 0.3 jane send1 [PATCH 3/3] three
        """,
        "v3 complete: send1 send2 send3 send4",
    ),
    "patches of another total that no program sent along are of their own": (
        """
        c 0 jane - [PATCH v3 0/3] topic
        1 1 jane c [PATCH v4 1/2] one
        2 2 jane c [PATCH v4 2/2] two
        """,
        """
        v3 cover_only, missing 1 2 3: c
        v4 complete: 1 2
        """,
    ),
    "a cover letter without patches takes the whole series of another total sent at once": (
        """
        c 0 jane - [PATCH REBASED v5 0/3] topic
        1 1 jane c [PATCH REBASED v5 1/2] one
        2 2 jane c [PATCH REBASED v5 2/2] two
        """,
        "v5 complete: c 1 2",
    ),
    "but not patches of another total that were sent an hour later": (
        """
        c  0 jane - [PATCH v5 0/3] topic
        1 60 jane c [PATCH v5 1/2] one
        2 61 jane c [PATCH v5 2/2] two
        """,
        """
        v5 cover_only, missing 1 2 3: c
        v5 complete: 1 2
        """,
    ),
    "nor those of somebody else, for another tree, in part, or one of one": (
        """
        c 0 jane - [PATCH v5 0/3] topic
        1 1 john c [PATCH v5 1/2] one
        2 1 john c [PATCH v5 2/2] two
        3 2 jane c [PATCH v5 lib 1/2] lib one
        4 2 jane c [PATCH v5 lib 2/2] lib two
        5 3 jane c [PATCH v5 1/4] three
        6 4 jane c [PATCH v5 1/1] four
        """,
        """
        v5 cover_only, missing 1 2 3: c
        v5 complete: 1 2
        v5 complete: 3 4
        v5 incomplete, missing 2 3 4: 5
        v5 complete: 6
        """,
    ),
    "a cover letter that has a patch leaves the whole series of another total alone": (
        """
        c 0 jane - [PATCH v5 0/3] topic
        x 1 jane c [PATCH v5 1/3] one
        1 1 jane c [PATCH v5 1/2] other one
        2 2 jane c [PATCH v5 2/2] other two
        """,
        """
        v5 incomplete, missing 2 3: c x
        v5 complete: 1 2
        """,
    ),
    "a part of another total does not take a cover letter of another revision": (
        """
        send1 0.0 jane -     [PATCH v3 0/3] topic
        send2 0.1 jane send1 [PATCH v4 1/5] one
        send3 0.2 jane send1 [PATCH v4 2/5] two
        """,
        """
        v3 cover_only, missing 1 2 3: send1
        v4 incomplete, missing 3 4 5: send2 send3
        """,
    ),
    "two companions of other totals, sent along with a whole series, are two series": (
        """
        send1 0.0 jane -     [PATCH 0/1] topic
        send2 0.1 jane send1 [PATCH 1/1] one
        send3 0.2 jane send1 [PATCH lib 1/2] lib one
        send4 0.3 jane send1 [PATCH lib 2/2] lib two
        send5 0.4 jane send1 [PATCH app 1/1] app one
        """,
        """
        v1 complete: send1 send2
        v1 complete: send3 send4
        v1 complete: send5
        """,
    ),
    "patches whose cover letter is absent take no numbers from those that answer one": (
        """
        1     0 jane lost [PATCH 1/2] one
        2     0 jane lost [PATCH 2/2] two
        send1 1 jane -     [PATCH 0/2] other topic
        send2 1 jane send1 [PATCH 1/2] other one
        send3 1 jane send1 [PATCH 2/2] other two
        """,
        """
        v1 complete: 1 2
        v1 complete: send1 send2 send3
        """,
    ),
    "a first patch goes with those that answer it, not with the rest of a lost sending": (
        """
        2  0 jane lost [PATCH 2/3] two
        3  0 jane lost [PATCH 3/3] three
        w1 1 jane -    [PATCH 1/3] one
        w2 2 jane w1   [PATCH 2/3] two
        w3 3 jane w1   [PATCH 3/3] three
        """,
        """
        v1 incomplete, missing 1: 2 3
        v1 complete: w1 w2 w3
        """,
    ),
    "copies without threading take no cover letter from those that answer it": (
        """
        u1 0 jane - [PATCH 1/2] one
        u2 0 jane - [PATCH 2/2] two
        c  1 jane - [PATCH 0/2] topic
        1  2 jane c [PATCH 1/2] one
        2  3 jane c [PATCH 2/2] two
        """,
        """
        v1 complete: u1 u2
        v1 complete: c 1 2
        """,
    ),
    "two threads without cover letters, of one minute, are two series": (
        """
        a1 0 jane -  [PATCH 1/2] one
        b1 0 jane -  [PATCH 1/2] other one
        a2 1 jane a1 [PATCH 2/2] two
        b2 1 jane b1 [PATCH 2/2] other two
        """,
        """
        v1 complete: a1 a2
        v1 complete: b1 b2
        """,
    ),
    "two sendings with lost cover letters, of one minute, are two series": (
        """
        a1 0 jane lost [PATCH 1/2] one
        b1 0 jane gone [PATCH 1/2] other one
        a2 1 jane lost [PATCH 2/2] two
        b2 1 jane gone [PATCH 2/2] other two
        """,
        """
        v1 complete: a1 a2
        v1 complete: b1 b2
        """,
    ),
    "a patch that answers the cover letter goes before one that came without an answer": (
        """
        c  0 jane - [PATCH 0/2] topic
        u1 1 jane - [PATCH 1/2] one
        1  2 jane c [PATCH 1/2] one
        2  3 jane c [PATCH 2/2] two
        """,
        """
        v1 complete: c 1 2
        v1 incomplete, missing 2: u1
        """,
    ),
    "a series without threading may name another tree in one patch": (
        """
        c 0 jane - [PATCH next 0/3] topic
        1 1 jane - [PATCH next 1/3] one
        2 2 jane - [PATCH net-next 2/3] two
        3 3 jane - [PATCH next 3/3] three
        """,
        "v1 complete: c 1 2 3",
    ),
    "patches of two trees that do not make a whole are two series": (
        """
        1 0 jane - [PATCH next 1/3] one
        2 1 jane - [PATCH net-next 2/3] two
        """,
        """
        v1 incomplete, missing 2 3: 1
        v1 incomplete, missing 1 3: 2
        """,
    ),
    "nor do two make a whole of which one is past the total": (
        """
        1 0 jane - [PATCH next 1/2] one
        3 1 jane - [PATCH net-next 3/2] three
        """,
        """
        v1 incomplete, missing 2: 1
        v1 incomplete, missing 1 2: 3
        """,
    ),
    "answers to a lost mail may name another tree in one patch": (
        """
        1  0 jane lost [PATCH next 1/2] one
        2 50 jane lost [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "answers to a lost mail for two trees that do not make a whole are two series": (
        """
        1  0 jane lost [PATCH next 1/3] one
        2 50 jane lost [PATCH 2/3] two
        """,
        """
        v1 incomplete, missing 2 3: 1
        v1 incomplete, missing 1 3: 2
        """,
    ),
    "one sending may have a tree and a revision in its first patch alone": (
        """
        send1 0.0 jane -     [RFC/RFT v2 PATCH 1/2] one
        send2 0.1 jane send1 [PATCH 2/2] two
        """,
        "v2 complete: send1 send2",
    ),
    "one second may have sent patches for two stable trees": (
        """
        quilt1 0 greg lost [PATCH 5.15 1/3] fix
        quilt2 1 greg gone [PATCH 5.16 3/3] fix
        """,
        """
        v1 incomplete, missing 2 3: quilt1
        v1 incomplete, missing 1 2: quilt2
        """,
    ),
    "a cover letter may name a tree that its patches do not": (
        """
        c 0 jane - [PATCH linux dev-5.4 0/2] topic
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a cover letter may be RFC, and its patches not": (
        """
        c 0 jane - [RFC PATCH 0/2] topic
        1 1 jane - [PATCH 1/2] one
        2 2 jane - [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a cover letter may be raised, and its patches forgotten": (
        """
        c 0 jane - [PATCH v4 0/2] topic
        1 1 jane c [PATCH v3 1/2] one
        2 2 jane c [PATCH v3 2/2] two
        """,
        "v4 complete: c 1 2",
    ),
    "patches may be raised, and their cover letter forgotten": (
        """
        c 0 jane - [PATCH v5 0/2] topic
        1 1 jane c [PATCH v6 1/2] one
        2 2 jane c [PATCH v6 2/2] two
        """,
        "v6 complete: c 1 2",
    ),
    "a patch may state a revision of its own": (
        """
        c 0 jane - [v2,0/3] topic
        1 1 jane c [v2,1/3] one
        2 2 jane c [v2,2/3] two
        3 3 jane c [v3,3/3] three
        """,
        "v2 complete: c 1 2 3",
    ),
    "each patch may state a revision of its own": (
        """
        c 0 jane - [v3,0/3] topic
        1 1 jane c [v3,1/3] one
        2 2 jane c [RESEND,v2,2/3] two
        3 3 jane c [v4,3/3] three
        """,
        "v3 complete: c 1 2 3",
    ),
    "one patch may state a revision that neither the cover letter nor the others state": (
        """
        c 0 jane - [PATCH 0/3] topic
        1 1 jane c [PATCH 1/3] one
        2 2 jane c [PATCH v2 2/3] two
        3 3 jane c [PATCH 3/3] three
        """,
        "v2 complete: c 1 2 3",
    ),
    "one of two that one program sent may state no revision": (
        """
        send1 0.0 jane -     [PATCH v2 1/2] one
        send2 0.1 jane send1 [PATCH 2/2] two
        """,
        "v2 complete: send1 send2",
    ),
    "two that one program sent may state two revisions": (
        """
        send1 0.0 jane -     [PATCH v3 1/2] one
        send2 0.1 jane send1 [PATCH v2 2/2] two
        """,
        "v3 complete: send1 send2",
    ),
    "one number of two revisions that one program sent is two series": (
        """
        send1 0.0 jane -     [PATCH v3 1/2] one
        send2 0.1 jane send1 [PATCH v2 1/2] one
        """,
        """
        v3 incomplete, missing 2: send1
        v2 incomplete, missing 2: send2
        """,
    ),
    "another revision below a cover letter, forty minutes later, is of its own": (
        """
        c  0 jane - [PATCH v5 0/2] topic
        1 40 jane c [PATCH v6 1/2] one
        2 41 jane c [PATCH v6 2/2] two
        """,
        """
        v5 cover_only, missing 1 2: c
        v6 complete: 1 2
        """,
    ),
    "another revision that answers a patch, not the cover letter, is of its own": (
        """
        c 0 jane -   [PATCH v5 0/2] topic
        1 1 jane c   [PATCH v5 1/2] one
        2 2 jane c,1 [PATCH v6 2/2] two
        """,
        """
        v5 incomplete, missing 2: c 1
        v6 incomplete, missing 1: 2
        """,
    ),
    "`v5.1 2/3` is a partial re-roll even at once": (
        """
        c  0 jane - [PATCH v5 0/3] topic
        1  1 jane c [PATCH v5 1/3] one
        3  2 jane c [PATCH v5 3/3] three
        2b 3 jane c [PATCH v5.1 2/3] two
        """,
        """
        v5 incomplete, missing 2: c 1 3
        v5.1 partial_reroll, missing 1 3: 2b
        """,
    ),
    "patches go with the cover letter of their sending, though they answer the last one": (
        """
        c     0.0 jane - [PATCH v6 0/2] topic
        send1 9.0 jane c [PATCH v7 0/2] topic
        send2 9.1 jane c [PATCH v7 1/2] one
        send3 9.2 jane c [PATCH v7 2/2] two
        """,
        """
        v6 cover_only, missing 1 2: c
        v7 complete: send1 send2 send3
        """,
    ),
    "a server that rewrites ids leaves a cover letter that states the revision alone": (
        """
        new 0 jane -    [PATCH v2 0/2] topic
        1   1 jane lost [PATCH 1/2] one
        2   2 jane lost [PATCH 2/2] two
        """,
        "v2 complete: new 1 2",
    ),
    "so it is where a patch is missing": (
        """
        new 0 jane -    [PATCH v2 0/3] topic
        1   1 jane lost [PATCH 1/3] one
        2   2 jane lost [PATCH 2/3] two
        """,
        "v2 incomplete, missing 3: new 1 2",
    ),
    "without threading the cover letter alone may state the revision": (
        """
        c 0 jane - [PATCH V2 0/2] topic
        1 1 jane - [PATCH 1/2] one
        2 2 jane - [PATCH 2/2] two
        """,
        "v2 complete: c 1 2",
    ),
    "without threading the patches alone may state the revision": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane - [PATCH v2 1/2] one
        2 2 jane - [PATCH v2 2/2] two
        """,
        "v2 complete: c 1 2",
    ),
    "without threading a missing patch may be the one that states the revision": (
        """
        1 0 jane - [PATCH v2 1/2] one
        2 1 jane - [PATCH 2/2] two
        """,
        "v2 complete: 1 2",
    ),
    "without threading two stated revisions are two series": (
        """
        c 0 jane - [PATCH v2 0/2] topic
        1 1 jane - [PATCH v3 1/2] one
        2 2 jane - [PATCH v3 2/2] two
        """,
        """
        v2 cover_only, missing 1 2: c
        v3 complete: 1 2
        """,
    ),
    "a cover letter of another sending does not give the revision": (
        """
        run1  0 jane -    [PATCH v2 0/2] topic
        send2 9 jane lost [PATCH 1/2] one
        send3 9 jane lost [PATCH 2/2] two
        """,
        """
        v2 cover_only, missing 1 2: run1
        v1 complete: send2 send3
        """,
    ),
    "nor does one that came forty minutes before": (
        """
        c  0 jane - [PATCH v2 0/2] topic
        1 40 jane - [PATCH 1/2] one
        2 41 jane - [PATCH 2/2] two
        """,
        """
        v2 cover_only, missing 1 2: c
        v1 complete: 1 2
        """,
    ),
    "a revision may be in a second bracket": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane c [PATCH 1/2][v2] one
        2 2 jane c [PATCH 2/2][v2] two
        """,
        "v2 complete: c 1 2",
    ),
    "a second bracket may have another revision": (
        """
        c 0 jane - [PATCH v3 0/2] topic
        1 1 jane c [PATCH 1/2][v1] one
        2 2 jane c [PATCH v3 2/2][v2] two
        """,
        "v3 complete: c 1 2",
    ),
    "a cover letter without a number gives its revision": (
        """
        ~c 0 jane -  [PATCHSET v2] topic
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v2 complete: ~c 1 2",
    ),
    "but its patches know it better": (
        """
        ~c 0 jane -  [PATCHSET v2] topic
        1  1 jane ~c [PATCH v3 1/2] one
        2  2 jane ~c [PATCH v3 2/2] two
        """,
        "v3 complete: ~c 1 2",
    ),
    "the number of a set of patches counts the sets": (
        """
        ~c 0 jane -  [PATCHSET v2 2/3] topic
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v2 complete: ~c 1 2",
    ),
    "sets below one mail have a cover letter each": (
        """
        ~r 0 jane -     [PATCHFLOOD v3] all of them
        ~c 1 jane ~r    [PATCHSET v3 1/2] topic
        1  2 jane ~r,~c [PATCH 1/2] one
        2  3 jane ~r,~c [PATCH 2/2] two
        ~d 4 jane ~r    [PATCH-SERIES v3 2/2] other topic
        3  5 jane ~r,~d [PATCH 1/1] three
        """,
        """
        v3 complete: ~c 1 2
        v3 complete: ~d 3
        """,
    ),
    "a set of as many sets as it has patches is a cover letter, too": (
        """
        ~c 0 jane -  [PATCHSET 1/2] topic
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: ~c 1 2",
    ),
    "another's set is no cover letter": (
        """
        ~c 0 adam -  [PATCHSET v2 2/3] topic
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "nor is a set of the day before": (
        """
        ~c    0 jane -  [PATCHSET v2 2/3] topic
        1  1440 jane ~c [PATCH 1/2] one
        2  1441 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a number without a set's word counts patches": (
        """
        ~c 0 jane -  [PATCH v2 2/3] topic
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a mail below another without a set's word introduces nothing": (
        """
        ~r 0 jane -     all of them
        ~c 1 jane ~r    [RFC] topic
        1  2 jane ~r,~c [PATCH 1/1] one
        """,
        "v1 complete: 1",
    ),
    "a set with a diff is a patch": (
        """
        1 0 jane - [PATCHSET 1/2] one
        2 1 jane 1 [PATCHSET 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a revision may be behind a comma at the end of a cover letter's title": (
        """
        ~c 0 jane -  Topic: what these do, v2
        1  1 jane ~c [PATCH 1/2] one
        2  2 jane ~c [PATCH 2/2] two
        """,
        "v2 complete: ~c 1 2",
    ),
    "or in parentheses": (
        """
        c 0 jane - [PATCH 0/2] topic (version 3)
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v3 complete: c 1 2",
    ),
    "or behind a dash": (
        """
        c 0 jane - [PATCH 0/2] topic - V4
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v4 complete: c 1 2",
    ),
    "a number that belongs to the lamp is no revision": (
        """
        c 0 jane - [PATCH 0/2] Support the lamp v2
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a second batch of fixes is no second revision": (
        """
        c 0 jane - [PATCH 0/2] Fixes for 6.8, take #2
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a part of the lamp is no revision": (
        """
        c 0 jane - [PATCH 0/2] lamp: v2
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a release behind a comma is no revision": (
        """
        c 0 jane - [PATCH 0/2] Fixes, v6.8
        1 1 jane c [PATCH 1/2] one
        2 2 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "the end of a patch's title is no revision of its series": (
        """
        1 0 jane - [PATCH 1/2] one, v2
        2 1 jane 1 [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "a cover letter may have the subject of the first patch": (
        """
        ~c 0 jane -  [PATCH v4 1/2] topic
        1  1 jane ~c [PATCH v4 1/2] one
        2  2 jane ~c [PATCH v4 2/2] two
        """,
        "v4 complete: ~c 1 2",
    ),
    "but not that of a patch of another total": (
        """
        ~c 0 jane -  [PATCH v4 1/3] topic
        1  1 jane ~c [PATCH v4 1/2] one
        2  2 jane ~c [PATCH v4 2/2] two
        """,
        "v4 complete: 1 2",
    ),
    "a robot's report that it answers itself is no cover letter": (
        """
        ~c 0 lkp@robot.example -  lamp.c: WARNING
        1  1 lkp@robot.example ~c [PATCH 1/2] fix one warning
        2  2 lkp@robot.example ~c [PATCH 2/2] fix other warning
        """,
        "v1 complete: 1 2",
    ),
    "a plain mail with the title of the one patch that answers it is its cover letter": (
        """
        ~c 0 jane -  lamp: light it
        1  1 jane ~c [PATCH] lamp: light it
        """,
        "v1 complete: ~c 1",
    ),
    "so is one whose title was cut": (
        """
        ~c 0 jane -  lamp: light it and
        1  1 jane ~c [PATCH] lamp: light it and dim it
        """,
        "v1 complete: ~c 1",
    ),
    "so is one that is marked as a patch": (
        """
        ~c 0 jane -  [PATCH v4] Lamp fixes
        1  1 jane ~c [PATCH v4] lamp: light it
        """,
        "v4 complete: ~c 1",
    ),
    "so is one that was sent by the same command": (
        """
        ~send1 0 jane -      A word on lamps
        send2  0 jane ~send1 [PATCH] lamp: light it
        """,
        "v1 complete: send1 send2",
    ),
    "so is one that a patch with a number answers": (
        """
        ~c 0 jane -  lamp: light it
        1  1 jane ~c [PATCH v1 1/1] lamp: light it
        """,
        "v1 complete: ~c 1",
    ),
    "a report that its sender answers with one patch is no cover letter": (
        """
        ~c 0 jane -  The lamp burns out
        1  1 jane ~c [PATCH] lamp: dim it
        """,
        "v1 complete: 1",
    ),
    "somebody else's mail with a patch's title is no cover letter": (
        """
        ~c 0 adam -  lamp: light it
        1  1 jane ~c [PATCH] lamp: light it
        """,
        "v1 complete: 1",
    ),
    "nor is the sender's own of two hours before": (
        """
        ~c   0 jane -  lamp: light it
        1  120 jane ~c [PATCH] lamp: light it
        """,
        "v1 complete: 1",
    ),
    "nor is one that is not the patch's own parent": (
        """
        ~c 0 jane -     lamp: light it
        ~r 1 adam ~c    Re: lamp: light it
        1  2 jane ~c,~r [PATCH] lamp: light it
        """,
        "v1 complete: 1",
    ),
    "one plain mail is the cover letter of one patch": (
        """
        ~c 0 jane -  lamp: light it
        1  1 jane ~c [PATCH] lamp: light it
        2  2 jane ~c [PATCH] lamp: light it again
        """,
        """
        v1 complete: ~c 1
        v1 complete: 2
        """,
    ),
    "a cover letter of one patch takes the one without a number": (
        """
        c 0 jane - [PATCH v2 0/1] topic
        1 1 jane c [PATCH v2] one
        """,
        "v2 complete: c 1",
    ),
    "even if it alone states the revision": (
        """
        c 0 jane - [PATCH v2 0/1] topic
        1 1 jane c [PATCH] one
        """,
        "v2 complete: c 1",
    ),
    "but it does not take the place of one that has the number": (
        """
        c 0 jane - [PATCH v6 0/1] topic
        1 1 jane c [PATCH v6 1/1] one
        x 2 jane c [PATCH v6] bindings
        """,
        """
        v6 complete: c 1
        v6 complete: x
        """,
    ),
    "even if it is from the sender's other address": (
        """
        c 0 jane@jane.example     - [PATCH 0/1] topic
        1 1 jane+kvm@jane.example c [PATCH] one
        """,
        "v1 complete: c 1",
    ),
    "somebody else's patch without a number is not of that series": (
        """
        c 0 jane - [PATCH 0/1] topic
        1 1 adam c [PATCH] one
        """,
        """
        v1 cover_only, missing 1: c
        v1 complete: 1
        """,
    ),
    "nor is a patch without a number of a series of two": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane c [PATCH] one
        """,
        """
        v1 cover_only, missing 1 2: c
        v1 complete: 1
        """,
    ),
    "patches without a number take those that the ids of their sending tell": (
        """
        send1 0 jane - [PATCH v2 0/3] topic
        send3 2 jane send1 [PATCH v2] two
        send2 1 jane send1 [PATCH] one
        send4 3 jane send1 [PATCH v2 3/3] three
        """,
        "v2 complete: send1 send2 send3 send4",
    ),
    "even if others of them are lost": (
        """
        send1 0 jane - [PATCH 0/4] topic
        send2 1 jane send1 [PATCH] one
        send4 3 jane send1,send2 [PATCH] three
        """,
        "v1 incomplete, missing 2 4: send1 send2 send4",
    ),
    "and where the cover letter counts more than the patches do": (
        """
        send1 0 jane - [PATCH 0/3] topic
        send2 1 jane send1 [PATCH 1/2] one
        send3 2 jane send1 [PATCH 2/2] two
        send4 3 jane send1 [PATCH] tool: try it
        """,
        "v1 complete: send1 send2 send3 send4",
    ),
    "but none whose number is there": (
        """
        send1 0 jane - [PATCH 0/2] topic
        send2 1 jane send1 [PATCH 1/2] one
        send3 2 jane send1 [PATCH] page: tell of it
        send4 3 jane send1 [PATCH 2/2] two
        """,
        """
        v1 complete: send1 send2 send4
        v1 complete: send3
        """,
    ),
    "even if that one was sent by another command": (
        """
        send1 0 jane - [PATCH 0/2] topic
        send2 1 jane send1 [PATCH 1/2] one
        2 2 jane send1 [PATCH 2/2] two
        send3 3 jane send1 [PATCH] page: tell of it
        """,
        """
        v1 complete: send1 send2 2
        v1 complete: send3
        """,
    ),
    "nor where a stray file that is not here has moved some": (
        """
        send1 0 jane - [PATCH 0/4] topic
        send2 1 jane send1 [PATCH 1/4] one
        send4 3 jane send1 [PATCH 2/4] two
        send5 4 jane send1 [PATCH] three
        """,
        """
        v1 incomplete, missing 3 4: send1 send2 send4
        v1 complete: send5
        """,
    ),
    "nor where a stray file has moved those behind it": (
        """
        send1 0 jane - [PATCH 0/4] topic
        send2 1 jane send1 [PATCH 1/4] one
        send3 2 jane send1 [PATCH] stray
        send4 3 jane send1 [PATCH 2/4] two
        send5 4 jane send1 [PATCH 3/4] three
        """,
        """
        v1 incomplete, missing 4: send1 send2 send4 send5
        v1 complete: send3
        """,
    ),
    "nor from another sending than the cover letter's": (
        """
        run1 0 jane - [PATCH 0/2] topic
        send2 1 jane run1 [PATCH 1/2] one
        send3 70 jane run1 [PATCH] and this, too
        """,
        """
        v1 incomplete, missing 2: run1 send2
        v1 complete: send3
        """,
    ),
    "nor of another revision": (
        """
        send1 0 jane - [PATCH 0/2] topic
        send2 1 jane send1 [PATCH 1/2] one
        send3 2 jane send1 [PATCH v2] two
        """,
        """
        v1 incomplete, missing 2: send1 send2
        v2 complete: send3
        """,
    ),
    "nor below what somebody said": (
        """
        send1 0 jane - [PATCH 0/2] topic
        send2 1 jane send1 [PATCH 1/2] one
        r 2 adam send2 Re: [PATCH 1/2] one
        send3 3 jane send1,send2,r [PATCH] two
        """,
        """
        v1 incomplete, missing 2: send1 send2
        v1 complete: send3
        """,
    ),
    "all of them, without a number, have the order in which they were sent": (
        """
        c 0 jane - [PATCH 0/3] topic
        z 1 jane c [PATCH] one
        y 2 jane c,z [PATCH] two
        x 3 jane c,z,y [PATCH] three
        """,
        "v1 complete: c z y x",
    ),
    "but not if there are more than the cover letter counts": (
        """
        c 0 jane - [PATCH 0/2] topic
        x 1 jane c [PATCH] one
        y 2 jane c [PATCH] two
        z 3 jane c [PATCH] three
        """,
        """
        v1 cover_only, missing 1 2: c
        v1 complete: x
        v1 complete: y
        v1 complete: z
        """,
    ),
    "nor if some of them have a number": (
        """
        c 0 jane - [PATCH 0/2] topic
        1 1 jane c [PATCH 1/2] one
        x 2 jane c [PATCH] and this, too
        y 3 jane c [PATCH] and that
        """,
        """
        v1 incomplete, missing 2: c 1
        v1 complete: x
        v1 complete: y
        """,
    ),
    "nor if two were sent at once": (
        """
        c 0 jane - [PATCH 0/2] topic
        x 1 jane c [PATCH] one
        y 1 jane c [PATCH] two
        """,
        """
        v1 cover_only, missing 1 2: c
        v1 complete: x
        v1 complete: y
        """,
    ),
    "nor if one was sent twice": (
        """
        c 0 jane - [PATCH 0/2] topic
        x 1 jane c [PATCH] one
        y 2 jane c [PATCH] one
        """,
        """
        v1 cover_only, missing 1 2: c
        v1 complete: x
        v1 complete: y
        """,
    ),
    "nor by another command than the cover letter": (
        """
        run1 0 jane - [PATCH 0/2] topic
        send1 1 jane run1 [PATCH] one
        send2 2 jane run1 [PATCH] two
        """,
        """
        v1 cover_only, missing 1 2: run1
        v1 complete: send1
        v1 complete: send2
        """,
    ),
    "nor for another tree": (
        """
        c 0 jane - [PATCH net-next 0/2] topic
        x 1 jane c [PATCH iproute2] tool
        y 2 jane c [PATCH man-pages] page
        """,
        """
        v1 cover_only, missing 1 2: c
        v1 complete: x
        v1 complete: y
        """,
    ),
    "nor an hour later": (
        """
        c 0 jane - [PATCH 0/2] topic
        x 1 jane c [PATCH] one
        y 61 jane c [PATCH] two
        """,
        """
        v1 cover_only, missing 1 2: c
        v1 complete: x
        v1 complete: y
        """,
    ),
    "nor somebody else's": (
        """
        c 0 jane - [PATCH 0/2] topic
        x 1 jane c [PATCH] one
        y 2 adam c [PATCH] two
        """,
        """
        v1 cover_only, missing 1 2: c
        v1 complete: x
        v1 complete: y
        """,
    ),
    "a gateway's own ids do not part the patches of a lost cover letter": (
        """
        1  0 jane lost,+junk1 [PATCH 1/2] one
        2 50 jane lost,+junk2 [PATCH 2/2] two
        """,
        "v1 complete: 1 2",
    ),
    "nor do they part a cover letter from a mail sent twice": (
        """
        c  0 jane -        [PATCH 0/2] topic
        1  1 jane c,+junk1 [PATCH 1/2] one
        2  2 jane c,+junk2 [PATCH 2/2] two
        2b 3 jane c,+junk3 [PATCH 2/2] two
        """,
        "v1 complete: c 1 2 (+2b)",
    ),
    "nor do they hide a cover letter without a number": (
        """
        ~c 0 jane -         Topic: what these do
        1  1 jane ~c,+junk1 [PATCH 1/2] one
        2  2 jane ~c,+junk2 [PATCH 2/2] two
        """,
        "v1 complete: ~c 1 2",
    ),
    "nor that of one patch": (
        """
        ~c 0 jane -         lamp: light it
        1  1 jane ~c,+junk1 [PATCH] lamp: light it
        """,
        "v1 complete: ~c 1",
    ),
    "nor that a patch replaces the one that it answers": (
        """
        c   0 jane -          [PATCH 0/2] topic
        1   1 jane c,+junk1   [PATCH 1/2] one
        2   2 jane c,+junk2   [PATCH 2/2] two
        2b 90 jane c,2,+junk3 [PATCH v2 2/2] two
        """,
        """
        v1 complete: c 1 2
        v2 partial_reroll, missing 1: 2b
        """,
    ),
    "a cover letter sent again alone takes patches that answer that of the last time": (
        """
        c   0 jane - [PATCH v4 0/2] topic
        1   1 jane c [PATCH v4 1/2] one
        2   2 jane c [PATCH v4 2/2] two
        d  90 jane - [PATCH v4 0/2,RESEND] topic
        w1 91 jane c [PATCH v4 1/2,RESEND] one
        w2 92 jane c [PATCH v4 2/2,RESEND] two
        """,
        """
        v4 complete: c 1 2
        v4 complete: d w1 w2
        """,
    ),
    "but not if they are not whole": (
        """
        c   0 jane - [PATCH v4 0/3] topic
        1   1 jane c [PATCH v4 1/3] one
        2   2 jane c [PATCH v4 2/3] two
        3   3 jane c [PATCH v4 3/3] three
        d  90 jane - [PATCH v4 0/3] topic
        w1 91 jane c [PATCH v4 1/3] one
        w2 92 jane c [PATCH v4 2/3] two
        """,
        """
        v4 complete: c 1 2 3
        v4 cover_only, missing 1 2 3: d
        v4 incomplete, missing 3: w1 w2
        """,
    ),
    "a sending that broke off and goes on an hour later is two series": (
        """
        1  0 jane - [PATCH 1/4] one
        2  1 jane 1 [PATCH 2/4] two
        3 70 jane - [PATCH 3/4] three
        4 71 jane 3 [PATCH 4/4] four
        """,
        """
        v1 incomplete, missing 3 4: 1 2
        v1 incomplete, missing 1 2: 3 4
        """,
    ),
    "patches that are sent one by one go with those of their minute, labelled or not": (
        """
        a1 0.0 jane - [PATCH 1/4] one
        a2 0.5 jane - [PATCH 2/4] two
        w1 900.0 jane - [PATCH v2,1/4] one
        w2 900.4 jane - [PATCH v2,2/4] two
        w3 900.8 jane - [PATCH 3/4] three
        w4 901.0 jane - [PATCH 4/4] four
        """,
        """
        v1 incomplete, missing 3 4: a1 a2
        v2 complete: w1 w2 w3 w4
        """,
    ),
    "commands of one minute may send a cover letter and patches that leave it the revision": (
        """
        run1  0 jane -    [PATCH v2 0/2] topic
        send2 5 jane lost [PATCH 1/2] one
        send3 5 jane lost [PATCH 2/2] two
        """,
        "v2 complete: run1 send2 send3",
    ),
    "a later revision of one patch, in answer to a reply to it, is a partial re-roll": (
        """
        1   0 jane -    [PATCH 1/3] one
        2   1 jane 1    [PATCH 2/3] two
        3   2 jane 1    [PATCH 3/3] three
        ~r  9 adam 2    Re: [PATCH 2/3] two
        2b 90 jane 2,~r [PATCH v2 2/3] two
        """,
        """
        v1 complete: 1 2 3
        v2 partial_reroll, missing 1 3: 2b
        """,
    ),
    "in answer to a reply to another it is none": (
        """
        1   0 jane -    [PATCH 1/3] one
        2   1 jane 1    [PATCH 2/3] two
        3   2 jane 1    [PATCH 3/3] three
        ~r  9 adam 1    Re: [PATCH 1/3] one
        2b 90 jane 1,~r [PATCH v2 2/3] two
        """,
        """
        v1 complete: 1 2 3
        v2 incomplete, missing 1 3: 2b
        """,
    ),
    "a missing patch may come two days later": (
        """
        c    0 jane - [PATCH 0/2] topic
        1    1 jane c [PATCH 1/2] one
        2 2880 jane c [PATCH 2/2] two
        """,
        "v1 complete: c 1 2",
    ),
    "a `v1` that answers an old cover letter without a label is another attempt": (
        """
        c      0 jane - [PATCH 0/2] topic
        1      1 jane c [PATCH 1/2] one
        w2 43200 jane c [PATCH v1 2/2] two
        """,
        """
        v1 incomplete, missing 2: c 1
        v1 incomplete, missing 1: w2
        """,
    ),
    "a chain of patches may be dated backwards": (
        """
        1 3 jane - [PATCH 1/4] one
        2 2 jane 1 [PATCH 2/4] two
        3 1 jane 2 [PATCH 3/4] three
        4 0 jane 3 [PATCH 4/4] four
        """,
        "v1 complete: 1 2 3 4",
    ),
    "a dash may stand before the revision": (
        """
        c 0 jane - [PATCH -v2 0/2] topic
        1 1 jane c [PATCH -v2 1/2] one
        2 2 jane c [PATCH v2 2/2] two
        """,
        "v2 complete: c 1 2",
    ),
    "`v2/resend` is a revision and a mark": (
        """
        c 0 jane - [PATCH v2/resend 0/2] topic
        1 1 jane c [PATCH v2/resend 1/2] one
        2 2 jane c [PATCH v2 2/2] two
        """,
        "v2 complete: c 1 2",
    ),
    "`1of2` counts as `1/2`": (
        """
        1 0 jane - [PATCH 1of2] one
        2 1 jane 1 [PATCH 2of2] two
        """,
        "v1 complete: 1 2",
    ),
    "brackets may be mistyped": (
        """
        c 0 jane - [RFC][PATCH 0/3] topic
        1 1 jane c [RFC]{PATCH 1/3] one
        2 2 jane c [RFC][PATCH 2/3} two
        3 3 jane c RFC PATCH 3/3] three
        """,
        "v1 complete: c 1 2 3",
    ),
    "a series for review may ask to pull": (
        """
        c 0 jane - [GIT PULL][PATCH v2 0/2] topic
        1 1 jane c [GIT PULL][PATCH v2 1/2] one
        2 2 jane c [GIT PULL][PATCH v2 2/2] two
        """,
        "v2 complete: c 1 2",
    ),
}
"""The expected series of each table of mails; the names are the promises."""
