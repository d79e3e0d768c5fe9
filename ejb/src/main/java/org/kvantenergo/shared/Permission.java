package org.kvantenergo.shared;

/**
 * What a person may be allowed to do, within their part of the tree of organisations. Stored by
 * name: a name is never changed and never given another meaning. Ready-made roles get a new one by
 * a migration.
 */
public enum Permission {
  /** See devices, their records, sessions and frames that were set aside. */
  READ_DEVICES,
  /** See logins and passwords of access points that modules report. */
  READ_SECRETS,
  /** Have frames that were set aside tried again at once. */
  RETRY_FRAMES,
  /** Register devices and edit what the registry holds: meters, sites, accounts of consumers. */
  REGISTER,
  /** Set, rotate and remove devices' keys. */
  MANAGE_KEYS,
  /** Send commands to single devices. */
  SEND_COMMANDS,
  /** Send commands to many devices at once. */
  SEND_IN_BULK,
  /** Edit dictionaries. */
  EDIT_DICTIONARIES,
  /** Enter «Технологический режим». */
  TECHNOLOGICAL_MODE,
  /** Invite people, give them roles, block them and reset what they sign in with. */
  MANAGE_USERS,
  /** Make and change roles of one's organisation. */
  MANAGE_ROLES,
  /** Make, move and rename organisations below one's own, and hand devices over to them. */
  MANAGE_ORGANISATIONS,
  /** Read and export the audit. */
  READ_AUDIT
}
