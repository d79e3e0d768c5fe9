-- Custody: what else is needed to show a frame byte for byte as it came.

-- How many records the frame held, so that it is known when one of them is missing. Null for what
-- was stored by an earlier version.
alter table reading add column frame_records smallint;

-- CHECKED: every frame carried a tag that was right. UNCHECKED: the HELLO carried one that we hold no
-- key for. Null for sessions of an earlier version.
alter table device_session add column authentication text
  check (authentication in ('NONE', 'UNCHECKED', 'CHECKED'));
-- Of the HELLO; with the key it gives the tags again. Null unless they were checked.
alter table device_session add column nonce bigint;
alter table device_session add check ((authentication = 'CHECKED') = (nonce is not null));
