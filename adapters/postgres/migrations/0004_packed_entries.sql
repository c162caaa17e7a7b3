-- Entries are kept packed, with their place in the chain and what they are found
-- by in columns of their own (docs/adr/0024). Their hashes are others than before,
-- so that a store that has entries cannot be brought here: none was made by a
-- program that was released.
DO $$
BEGIN
  IF EXISTS (SELECT FROM entries) THEN
    RAISE EXCEPTION 'there are entries of an unreleased program';
  END IF;
END $$;
DROP TABLE entries;
DROP TABLE subjects;

-- What kind of thing an entry is about. There are few, and so the texts are here
-- once. Rows are only ever inserted; that an entry's kind is here is not checked
-- for each entry, for that takes long.
CREATE TABLE kinds (
  number       integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  service      text NOT NULL COLLATE "C",
  subject_type text NOT NULL COLLATE "C",
  provision    text NOT NULL COLLATE "C",
  experiment   text NOT NULL COLLATE "C",
  UNIQUE (service, subject_type, provision, experiment)
);

-- Entries are only ever inserted. The latest of a subject says where it stands.
-- Names are compared byte by byte, whatever the database's language.
CREATE TABLE entries (
  municipality  integer NOT NULL,
  position      bigint  NOT NULL,
  request_id    text    NOT NULL COLLATE "C",
  subject       text    NOT NULL COLLATE "C",
  kind          integer NOT NULL,
  case_id       text    NOT NULL COLLATE "C",
  outcome       integer NOT NULL,
  state         integer NOT NULL,
  day           integer NOT NULL,
  previous_hash bytea   NOT NULL,
  hash          bytea   NOT NULL,
  entry         bytea   NOT NULL,
  PRIMARY KEY (municipality, position),
  UNIQUE (municipality, request_id)
);

CREATE INDEX entries_by_subject ON entries (municipality, subject, position);
CREATE INDEX entries_by_case ON entries (municipality, case_id) WHERE case_id <> '';

-- Packed already: to try once more only takes time.
ALTER TABLE entries ALTER COLUMN entry SET STORAGE EXTERNAL;

-- Where each municipality's chain ends: who removes its last entries is found
-- out by that. Written with every group, so there is room for its next version.
CREATE TABLE chains (
  municipality integer PRIMARY KEY,
  position     bigint  NOT NULL,
  hash         bytea   NOT NULL
) WITH (fillfactor = 20);
