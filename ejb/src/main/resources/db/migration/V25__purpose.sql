-- A database is for the demo, whose passwords are published, or for work; it never changes sides.
create table purpose (
  only_row boolean primary key default true check (only_row),
  demo     boolean not null
);
-- Of an earlier version: the demo's has the demo's first user.
insert into purpose (demo)
select exists (select from account where login = 'dispatcher2') where exists (select from account);
