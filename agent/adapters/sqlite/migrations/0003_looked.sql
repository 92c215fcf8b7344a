-- How each Drafts folder was when it was last looked through, so that the next look, after a
-- restart too, asks only for what has changed since.

CREATE TABLE looked (
    account     TEXT NOT NULL,
    folder      TEXT NOT NULL,
    uidvalidity INTEGER NOT NULL,
    uidnext     INTEGER NOT NULL,
    messages    INTEGER NOT NULL,
    modseq      INTEGER NOT NULL,       -- HIGHESTMODSEQ (RFC 7162), below 2^63; 0 for none
    lying       TEXT NOT NULL,          -- the UID of each draft, by its Message-ID, as JSON
    PRIMARY KEY (account, folder)
) STRICT, WITHOUT ROWID;
