-- What the bits of the five error masks and of the status word mean, per model and protocol version.
-- Owned by nobody: it is about makes of modules, and whoever runs the installation has it in order.

create table error_bit (
  id       bigint   generated always as identity primary key,
  -- Null: any. Of the rows that fit a device, one that names its model goes before one that does not,
  -- and then one that names its protocol version.
  model    integer  check (model between 0 and 65535),
  protocol smallint check (protocol between 0 and 255),
  mask     text     not null
           check (mask in ('MEASUREMENT', 'TEMPERATURE', 'CONTROL', 'CALIBRATION', 'HARDWARE', 'STATUS')),
  bit      smallint not null check (bit between 0 and 15),
  name_ru  text     not null check (name_ru <> '' and length(name_ru) <= 100),
  name_en  text     not null check (name_en <> '' and length(name_en) <= 100),
  severity text     not null check (severity in ('QUIET', 'LOOK', 'ACT')),
  version  integer  not null default 0,
  unique nulls not distinct (model, protocol, mask, bit)
);

-- What the protocol says of the status word. The bits of the masks are not published: nothing is made up.
insert into error_bit (protocol, mask, bit, name_ru, name_en, severity) values
  (5, 'STATUS', 0, 'показание верно', 'the reading is valid', 'QUIET'),
  (5, 'STATUS', 10, 'есть ошибка измерений', 'a measurement error is present', 'LOOK'),
  (5, 'STATUS', 12, 'срез по расписанию', 'a scheduled slice', 'QUIET'),
  (5, 'STATUS', 13, 'мгновенная запись вне расписания', 'an instantaneous record outside the schedule', 'QUIET'),
  (5, 'STATUS', 14, 'технологический режим', 'technological mode', 'LOOK');
