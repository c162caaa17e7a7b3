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

-- Entries are only ever inserted. The latest of a subject says where it stands.
-- A place is the municipality and the position in its chain, in one number: it
-- is where the row lies in the file, so that what comes last is written last.
CREATE TABLE entries (
  place         INTEGER PRIMARY KEY,
  municipality  INTEGER NOT NULL GENERATED ALWAYS AS (place >> 40),
  position      INTEGER NOT NULL GENERATED ALWAYS AS (place & 0xFFFFFFFFFF),
  request_id    TEXT    NOT NULL,
  subject       TEXT    NOT NULL,
  service       TEXT    NOT NULL,
  subject_type  TEXT    NOT NULL,
  case_id       TEXT    NOT NULL,
  provision     TEXT    NOT NULL,
  experiment    TEXT    NOT NULL,
  outcome       INTEGER NOT NULL,
  state         INTEGER NOT NULL,
  day           INTEGER NOT NULL,
  previous_hash BLOB    NOT NULL,
  hash          BLOB    NOT NULL,
  entry         BLOB    NOT NULL,
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
