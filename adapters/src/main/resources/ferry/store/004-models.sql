-- What tracked runs used and made, models that they logged, and the registry of models. `body` is JSON.

CREATE TABLE run_datasets (
  run BIGINT NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  context TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run, name, digest)
);

CREATE TABLE run_models (
  run BIGINT NOT NULL,
  model TEXT NOT NULL,
  output BIGINT NOT NULL,
  step BIGINT NOT NULL,
  PRIMARY KEY (run, model, output)
);

CREATE TABLE logged_models (
  id TEXT NOT NULL PRIMARY KEY,
  grp BIGINT NOT NULL,
  run TEXT,
  created BIGINT NOT NULL,
  deleted BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX logged_models_of_group ON logged_models (grp, deleted, created);

CREATE TABLE logged_model_metrics (
  model TEXT NOT NULL,
  name TEXT NOT NULL,
  dataset TEXT NOT NULL,
  digest TEXT NOT NULL,
  run TEXT NOT NULL,
  value DOUBLE PRECISION NOT NULL,
  nan BIGINT NOT NULL,
  step BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (model, name, dataset, digest, run)
);

CREATE TABLE models (
  name TEXT NOT NULL PRIMARY KEY,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  last_version BIGINT NOT NULL,
  body TEXT NOT NULL
);

CREATE TABLE model_versions (
  model TEXT NOT NULL,
  number BIGINT NOT NULL,
  run TEXT,
  created BIGINT NOT NULL,
  updated BIGINT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (model, number)
);

CREATE INDEX model_versions_of_run ON model_versions (run);

-- Who did what with a model, when and why; never changed.
CREATE TABLE model_events (
  no BIGINT NOT NULL PRIMARY KEY,
  model TEXT NOT NULL,
  version BIGINT,
  at BIGINT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX model_events_of_model ON model_events (model, no);
