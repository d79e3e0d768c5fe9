-- The row of the device that a frame's session was for: the identity that the session named may be
-- another device's by the time when the frame is tried again. Null if nobody had a row then, and for
-- what an earlier version set aside: these are whose the identity is. No reference, as the row may go
-- and leave an alias.
alter table ingest_failed add column device_id bigint;
