package org.kvantenergo.account;

/** Why a new password is not taken. */
public enum PasswordFault {
  /** Fewer than {@value AccountSetup#MIN_PASSWORD_LENGTH} characters. */
  SHORT,
  /** More than 128 characters. */
  LONG,
  /** Made of common words, runs of keys or repetition. */
  COMMON,
  /** In the utility's list of passwords that became known elsewhere. */
  BREACHED,
  /** Made of the login or the name. */
  PERSONAL,
  /** The same as the person's other password: for signing in, or for «Технологический режим». */
  OTHER,
  /** The one that is to be replaced. */
  SAME,
  /** The present second password is wrong. */
  SECOND_WRONG,
  /** The present password is wrong. */
  WRONG,
  /** The present password was wrong too often; see {@link SignIn.Locked}. */
  LOCKED
}
