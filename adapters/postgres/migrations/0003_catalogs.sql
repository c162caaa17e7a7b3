-- The contents of the catalogs that decided, by their digests (core/catalog
-- says how they are written). Rows are only ever inserted.
CREATE TABLE catalogs (
  digest  text  NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (digest)
);
