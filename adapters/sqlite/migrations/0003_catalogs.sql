-- The contents of the catalogs that decided, by their digests (core/catalog
-- says how they are written). Rows are only ever inserted.
CREATE TABLE catalogs (
  digest  TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (digest)
) STRICT;
