-- Batches of points as they came, acknowledged and not yet among their series: they are put there together, before
-- anybody reads metrics. `body` holds their keys, too.
CREATE TABLE metric_inbox (
  no BIGINT NOT NULL PRIMARY KEY,
  run BIGINT NOT NULL,
  body BYTEA NOT NULL
);

-- Parameters that are numbers by their size, and words by their letters: a table is sorted by walking down these.
CREATE INDEX run_params_by_number ON run_params (name, (NUMBER_OF(value)), run);
