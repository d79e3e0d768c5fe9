-- The register of devices in the order in which it is shown, and counted without its rows.
create index device_state_serial on device (state, serial, id) include (organisation_id);
-- Accounts in the order in which people count them.
create index consumer_account_order on consumer_account (site_order(number), id);
