-- Entries are kept packed, and their place in the chain in columns of its own
-- (docs/adr/0024). Their hashes are others than before, so that a store that has
-- entries cannot be brought here: none was made by a program that was released.
CREATE TABLE must_be_empty (
  entries INTEGER
    CONSTRAINT there_are_entries_of_an_unreleased_program CHECK (entries = 0)
);
INSERT INTO must_be_empty SELECT count(*) FROM entries;
DROP TABLE must_be_empty;
DROP TABLE entries;
DROP TABLE subjects;

-- Entries are only ever inserted.
CREATE TABLE entries (
  municipality INTEGER NOT NULL,
  position     INTEGER NOT NULL,
  request_id   TEXT    NOT NULL,
  subject      TEXT    NOT NULL,
  previous_hash BLOB  NOT NULL,
  hash         BLOB    NOT NULL,
  entry        BLOB    NOT NULL,
  UNIQUE (municipality, position),
  UNIQUE (municipality, request_id)
) STRICT;

-- Where each subject stands after its latest entry: what entries say, kept so
-- that it can be found. It can be made again from them.
CREATE TABLE subjects (
  municipality INTEGER NOT NULL,
  subject      TEXT    NOT NULL,
  position     INTEGER NOT NULL,
  entry_name   TEXT    NOT NULL,
  service      TEXT    NOT NULL,
  subject_type TEXT    NOT NULL,
  case_id      TEXT    NOT NULL,
  provision    TEXT    NOT NULL,
  experiment   TEXT    NOT NULL,
  outcome      INTEGER NOT NULL,
  state        INTEGER NOT NULL,
  day          INTEGER NOT NULL,
  UNIQUE (municipality, subject)
) STRICT;

CREATE INDEX subjects_by_case ON subjects (municipality, case_id) WHERE case_id <> '';
