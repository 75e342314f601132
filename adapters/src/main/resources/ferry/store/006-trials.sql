-- Runs of trials know their experiment, so that lists can leave them out.
ALTER TABLE runs ADD COLUMN experiment TEXT;
UPDATE runs SET experiment = (
  SELECT e.id FROM experiments e WHERE runs.id >= e.id || '-' AND runs.id < e.id || '.' LIMIT 1
);
CREATE INDEX runs_alone ON runs (submitted, id) WHERE experiment IS NULL;
