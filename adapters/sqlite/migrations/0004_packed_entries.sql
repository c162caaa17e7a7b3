-- Entries are kept packed, with their place in the chain and what they are found
-- by in columns of their own (docs/adr/0024). Their hashes are others than before,
-- so that a store that has entries cannot be brought here: none was made by a
-- program that was released.
CREATE TABLE must_be_empty (
  entries INTEGER
    CONSTRAINT there_are_entries_of_an_unreleased_program CHECK (entries = 0)
);
INSERT INTO must_be_empty SELECT count(*) FROM entries;
DROP TABLE must_be_empty;
DROP TABLE entries;
DROP TABLE subjects;

-- What kind of thing an entry is about. There are few, and so the texts are here
-- once. Rows are only ever inserted; that an entry's kind is here is not checked
-- for each entry, for that takes long.
CREATE TABLE kinds (
  number       INTEGER PRIMARY KEY,
  service      TEXT NOT NULL,
  subject_type TEXT NOT NULL,
  provision    TEXT NOT NULL,
  experiment   TEXT NOT NULL,
  UNIQUE (service, subject_type, provision, experiment)
) STRICT;

-- Entries are only ever inserted. The latest of a subject says where it stands.
-- They lie in the order in which they were written, so that what comes last is
-- written last.
CREATE TABLE entries (
  number        INTEGER PRIMARY KEY,
  municipality  INTEGER NOT NULL,
  position      INTEGER NOT NULL,
  request_id    TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  kind          INTEGER NOT NULL,
  case_id       TEXT    NOT NULL,
  outcome       INTEGER NOT NULL,
  state         INTEGER NOT NULL,
  day           INTEGER NOT NULL,
  previous_hash BLOB    NOT NULL,
  hash          BLOB    NOT NULL,
  entry         BLOB    NOT NULL,
  UNIQUE (municipality, position),
  UNIQUE (municipality, request_id)
) STRICT;

CREATE INDEX entries_by_subject ON entries (municipality, subject);
CREATE INDEX entries_by_case ON entries (municipality, case_id) WHERE case_id <> '';

-- Where each municipality's chain ends: who removes its last entries is found
-- out by that.
CREATE TABLE chains (
  municipality INTEGER PRIMARY KEY,
  position     INTEGER NOT NULL,
  hash         BLOB    NOT NULL
) STRICT;
