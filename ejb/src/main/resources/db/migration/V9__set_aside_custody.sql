-- In which batch a frame was set aside and acknowledged, and with which it was stored in the end: the
-- custody of its records follows it. Null for what an earlier version set aside.
alter table ingest_failed add column batch_id        bigint;
alter table ingest_failed add column batch_frame     smallint;
alter table ingest_failed add column stored_batch_id bigint;
create index ingest_failed_stored_batch on ingest_failed (stored_batch_id) where stored_batch_id is not null;
-- The same frame again, while it waits, is known.
create index ingest_failed_waiting on ingest_failed (serial) where stored_at is null;
