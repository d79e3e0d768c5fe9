-- What an hour's burst costs beyond its rows.

-- The end of a session comes within seconds of its start: with room on its page it moves no index.
alter table device_session set (fillfactor = 80);

-- Each start of a session locked its device's row, for a device that is never deleted: a write to
-- the registry a session, and the burst's only one.
alter table device_session drop constraint device_session_device_id_fkey;
