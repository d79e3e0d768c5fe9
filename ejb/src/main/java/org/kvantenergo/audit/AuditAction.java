package org.kvantenergo.audit;

/** What is noted. Stored by name: a name is never given another meaning. */
public enum AuditAction {
  /** Somebody signed in. */
  SIGNED_IN,
  /** A password or a code was wrong; the login is as typed only if an account has it. */
  SIGN_IN_FAILED,
  /** The last of too many failures: the login is locked for a time. */
  SIGN_IN_LOCKED,
  /** Somebody signed out. */
  SIGNED_OUT,
  /** Somebody signed in by the provider of OpenID Connect. */
  SIGNED_ON,
  /** The provider's word, or a ticket made from it, opened nothing; the reason stands with it. */
  SIGN_ON_REFUSED,
  /** Who signed on first under an expected name is the one from now on. */
  PROVIDER_LINKED,
  /** An account expects another of the provider's people, or nobody. */
  PROVIDER_LINK_CHANGED,
  /** An account's password was taken away: only the provider opens it. */
  PASSWORD_REMOVED,
  /** Somebody asked for what they may not do. */
  REFUSED,
  /** Frames that were set aside were made due at once. */
  FRAMES_RETRIED,
  /** Devices got another owner. */
  DEVICES_TRANSFERRED,
  /** An organisation was made. */
  ORGANISATION_ADDED,
  /** An organisation got another name, kind or place. */
  ORGANISATION_CHANGED,
  /** A role was made. */
  ROLE_ADDED,
  /** A role got another name or other permissions. */
  ROLE_CHANGED,
  /** A role was removed. */
  ROLE_REMOVED,
  /** Somebody was invited. */
  USER_ADDED,
  /** Name, organisation or roles of an account changed. */
  USER_CHANGED,
  /** An account was blocked. */
  USER_BLOCKED,
  /** A block was taken away. */
  USER_UNBLOCKED,
  /** Somebody was given a new first password by an administrator. */
  PASSWORD_RESET,
  /** Somebody changed their own password. */
  PASSWORD_CHANGED,
  /** Somebody switched the second factor on. */
  SECOND_FACTOR_ON,
  /** Somebody switched the second factor off. */
  SECOND_FACTOR_OFF,
  /** The second factor of somebody else was taken away by an administrator. */
  SECOND_FACTOR_RESET,
  /** The password was right, and the code was wrong or had been used. */
  SECOND_FACTOR_FAILED,
  /** Recovery codes were made anew. */
  RECOVERY_CODES_MADE,
  /** A recovery code stood in for the second factor. */
  RECOVERY_CODE_USED,
  /** A first password was right and too old. */
  FIRST_PASSWORD_EXPIRED,
  /** Somebody changed their own language or time zone. */
  SETTINGS_CHANGED,
  /** Sessions were ended from elsewhere. */
  SESSIONS_ENDED,
  /** The second password of «Технологический режим» was set. */
  SECOND_PASSWORD_SET,
  /** The second password of somebody else was taken away by an administrator. */
  SECOND_PASSWORD_RESET,
  /** «Технологический режим» was entered. */
  TECHNOLOGICAL_MODE_ENTERED,
  /** «Технологический режим» was left. */
  TECHNOLOGICAL_MODE_LEFT,
  /** The second password was wrong. */
  SECOND_PASSWORD_FAILED,
  /** The second password was wrong too often: the mode is locked for a time. */
  SECOND_PASSWORD_LOCKED,
  /** The audit was exported. */
  AUDIT_EXPORTED,
  /** A list of meters was applied. */
  LIST_APPLIED,
  /** Devices that reported were registered. */
  DEVICES_REGISTERED,
  /** Group, comment, model or date of a device changed. */
  DEVICE_CHANGED,
  /** A device was blocked. */
  DEVICE_BLOCKED,
  /** The block of a device was taken away. */
  DEVICE_UNBLOCKED,
  /** A device was taken out of the registry. */
  DEVICE_UNREGISTERED,
  /** A device that was kept apart turned out to be a registered one. */
  DEVICE_MERGED,
  /** Another device was put in the place of one. */
  DEVICE_REPLACED,
  /** Somebody said of a device that it is no registered one. */
  DEVICE_LEFT_APART,
  /** A group of devices was made. */
  GROUP_ADDED,
  /** A group of devices got another name or place. */
  GROUP_CHANGED,
  /** A group of devices was removed. */
  GROUP_REMOVED,
  /** A device got its first key. */
  KEY_SET,
  /** A device got another key. */
  KEY_ROTATED,
  /** The key of a device was taken away. */
  KEY_REMOVED,
  /** A meter was added. */
  METER_ADDED,
  /** What a meter's plate says was corrected. */
  METER_CORRECTED,
  /** A meter was put somewhere. */
  METER_PLACED,
  /** A meter was taken away. */
  METER_REMOVED,
  /** A meter took another one's place. */
  METER_REPLACED,
  /** A device was put on a meter. */
  METER_FITTED,
  /** A device was taken off a meter. */
  METER_UNFITTED,
  /** A verification was noted. */
  METER_VERIFIED,
  /** A seal was noted. */
  METER_SEALED,
  /** A seal is gone. */
  METER_UNSEALED,
  /** A consumer account began at a site. */
  ACCOUNT_SETTLED,
  /** A consumer account ended at its site. */
  ACCOUNT_ENDED,
  /** A site was added. */
  SITE_ADDED,
  /** A site was renamed, moved or corrected. */
  SITE_CHANGED,
  /** A site was removed. */
  SITE_REMOVED,
  /** Somebody is about to take a table away as a file; noted before its first byte. */
  TABLE_EXPORT_BEGUN,
  /** It was sent as a whole, with so many rows. */
  TABLE_EXPORTED,
  /** It was cancelled or failed after so many rows. */
  TABLE_EXPORT_BROKEN,
  /** A bit of an error mask got a meaning. */
  ERROR_BIT_ADDED,
  /** The meaning of a bit of an error mask changed. */
  ERROR_BIT_CHANGED,
  /** The meaning of a bit of an error mask was taken away. */
  ERROR_BIT_REMOVED,
  /** The comment of a device changed. */
  COMMENT_CHANGED,
  /** Somebody was shown the access point that a module reported in a session. */
  ACCESS_REVEALED,
  /** Commands were queued. */
  COMMANDS_SENT,
  /** Commands wait for somebody else's approval. */
  COMMANDS_PROPOSED,
  /** Commands that somebody else had asked for were approved and queued. */
  COMMANDS_APPROVED,
  /** Commands that somebody had asked for were declined; nothing was queued. */
  COMMANDS_DECLINED,
  /** Somebody was kept from sending commands; the reason stands with it. */
  COMMANDS_REFUSED,
  /** Commands that had not gone out were taken back. */
  COMMANDS_CANCELLED,
  /** A campaign was paused. */
  CAMPAIGN_PAUSED,
  /** A paused campaign goes on. */
  CAMPAIGN_RESUMED,
  /** A campaign that was halted goes on to all devices. */
  CAMPAIGN_WENT_ON,
  /** A campaign was called off. */
  CAMPAIGN_CANCELLED,
  /** Commands of a campaign that had failed were queued anew. */
  CAMPAIGN_RETRIED
}
