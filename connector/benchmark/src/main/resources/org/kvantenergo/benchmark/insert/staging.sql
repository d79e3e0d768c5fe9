-- Of a connection: records as in the archive; what the state needs besides, with the newest of a
-- device only.
create temporary table staging (
  like bare.reading,
  protocol smallint,
  model    integer,
  iccid    text
) on commit delete rows
