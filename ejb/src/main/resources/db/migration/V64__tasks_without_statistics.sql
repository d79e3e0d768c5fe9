-- Statistics of a time when nobody had a task say that its condition holds for no row: a plan then read the
-- whole of this index for each device, because any join by waits_for implies that condition. Without one
-- it can be read by a value alone. Commands without a task cost it next to nothing: equal keys stand once.
drop index command_after;
create index command_after on command (waits_for);
