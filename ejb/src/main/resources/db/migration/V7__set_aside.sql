-- Frames that were set aside are tried again until they are stored; the rows stay as history.
alter table ingest_failed add column attempts    integer     not null default 0;
alter table ingest_failed add column next_try_at timestamptz not null default now();
-- Null while it waits.
alter table ingest_failed add column stored_at   timestamptz;
-- Its HELLO carried a tag that nobody could check: the data stays apart from the device's own.
alter table ingest_failed add column unproven    boolean     not null default false;
-- What is not a frame is promised to nobody.
delete from ingest_failed where frame_type is null;
create index ingest_failed_due on ingest_failed (next_try_at) where stored_at is null;
create index ingest_failed_recent on ingest_failed (id desc);
