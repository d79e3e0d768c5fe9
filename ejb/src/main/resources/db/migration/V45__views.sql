-- How people look at the upper table: their saved views, and how each left it.

create table table_view (
  id         bigint      generated always as identity primary key,
  account_id bigint      not null references account on delete cascade,
  name       text        not null check (char_length(name) between 1 and 60),
  -- Whether others of the same organisation may open it by a link.
  shared     boolean     not null default false,
  -- What the page writes and reads; a name that it no longer knows is left out there.
  columns    text        not null check (char_length(columns) <= 4000),
  density    text        not null check (char_length(density) <= 20),
  sorting    text        not null check (char_length(sorting) <= 400),
  group_ids  text        not null check (char_length(group_ids) <= 4000),
  filter     text        not null check (char_length(filter) <= 4000),
  changed_at timestamptz not null default now(),
  unique (account_id, name)
);

create table table_choice (
  account_id bigint primary key references account on delete cascade,
  -- Which view the page opens with: one of theirs, else what org.kvantenergo.view.Ready names.
  view_id    bigint references table_view on delete set null,
  ready      text   not null default 'LAST' check (ready in ('LAST', 'MANUAL', 'DUTY')),
  -- As it was left; null until something was changed.
  columns    text check (char_length(columns) <= 4000),
  density    text check (char_length(density) <= 20),
  sorting    text check (char_length(sorting) <= 400)
);
create index table_choice_view on table_choice (view_id);
