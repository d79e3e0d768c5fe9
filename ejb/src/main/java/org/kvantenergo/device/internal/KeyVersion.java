package org.kvantenergo.device.internal;

/** How nodes learn that they have to read the keys again. */
final class KeyVersion {

  /** Locks out other changes of keys until the commit: whoever sees the number sees the keys. */
  static final String NEXT = "update device_key_version set version = version + 1";

  static final String NOW = "select version from device_key_version";

  private KeyVersion() {}
}
