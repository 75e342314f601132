-- The last few points of a series, packed like a piece: a single point changes one row, and becomes part of a piece with
-- others. Empty where there are none.
ALTER TABLE metric_series ADD COLUMN tail BYTEA;
