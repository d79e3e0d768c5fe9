-- Lists say what a meter showed when it came, and what the one showed that it took the place of.
alter table meter_list_line
  add first_reading numeric,
  add last_reading  numeric;
