-- Entries are kept packed, and their place in the chain in columns of its own
-- (docs/adr/0024). Their hashes are others than before, so that a store that has
-- entries cannot be brought here: none was made by a program that was released.
DO $$
BEGIN
  IF EXISTS (SELECT FROM entries) THEN
    RAISE EXCEPTION 'there are entries of an unreleased program';
  END IF;
END $$;
DROP TABLE entries;
DROP TABLE subjects;

-- Entries are only ever inserted.
CREATE TABLE entries (
  municipality integer NOT NULL,
  position     bigint  NOT NULL,
  request_id   text    NOT NULL,
  subject      text    NOT NULL,
  previous_hash bytea  NOT NULL,
  hash         bytea   NOT NULL,
  entry        bytea   NOT NULL,
  PRIMARY KEY (municipality, position),
  UNIQUE (municipality, request_id)
);

-- Where each subject stands after its latest entry: what entries say, kept so
-- that it can be found. It can be made again from them.
CREATE TABLE subjects (
  municipality integer NOT NULL,
  subject      text    NOT NULL,
  position     bigint  NOT NULL,
  entry_name   text    NOT NULL,
  service      text    NOT NULL,
  subject_type text    NOT NULL,
  case_id      text    NOT NULL,
  provision    text    NOT NULL,
  experiment   text    NOT NULL,
  outcome      integer NOT NULL,
  state        integer NOT NULL,
  day          integer NOT NULL,
  PRIMARY KEY (municipality, subject)
);

CREATE INDEX subjects_by_case ON subjects (municipality, case_id) WHERE case_id <> '';
