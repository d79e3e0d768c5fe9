package org.kvantenergo.command;

/**
 * Something wrong with an order.
 *
 * @param field what it stands beside
 * @param problem what
 * @param value what would be right, for example «1..28», or what is wrong, for example a number
 *     that is none; may be empty
 */
public record OrderFault(Field field, Problem problem, String value) {

  /** Of an order. The pages have a text for each. */
  public enum Field {
    DEVICES,
    COMMAND,
    CONTRACT_DAY,
    CONTRACT_HOUR,
    PERIOD,
    RETRIES,
    APN,
    APN_LOGIN,
    APN_PASSWORD,
    FROM,
    TO,
    EXPIRES,
    ATTEMPTS,
    PRIORITY,
    COMPOSITE,
    KEY,
    /** The password of who sends. */
    PASSWORD,
    /** «Технологический режим» of who sends. */
    MODE,
    /** Of a campaign. */
    NAME,
    CANARIES,
    THRESHOLD,
    /** Of a proposal or a campaign: it as a whole. */
    WHOLE
  }

  /** What is wrong. The pages have a text for each. */
  public enum Problem {
    MISSING,
    OUT_OF_RANGE,
    /** More bytes or characters than fit. */
    TOO_LONG,
    /** U+0000, or half of a character. */
    BAD_CHARACTER,
    /** No number that a device could have. */
    NOT_A_NUMBER,
    /** No device is selected. */
    EMPTY,
    /** More than {@link Selection#MOST}. */
    TOO_MANY,
    /** Of all that are selected none takes the command. */
    NONE_LEFT,
    /** Not later than now. */
    PAST,
    /** Later than is allowed. */
    TOO_FAR,
    /** Ends before it begins. */
    BACKWARDS,
    /** Only settings are changed by a task. */
    NOT_A_SETTING,
    /** The key was used for something else. */
    USED,
    /** The mode is shut, or the person has no right to it. */
    SHUT,
    /** It is asked for, and was not given. */
    NEEDED,
    WRONG,
    /** It was wrong too often. */
    LOCKED,
    /** More than one device at once is not for this person. */
    NOT_IN_BULK,
    /** One cannot approve what one has asked for. */
    OWN,
    /** Somebody has decided already, or it is in no state for that. */
    DECIDED,
    /** There is none, or it is not for this person. */
    UNKNOWN
  }

  /** Without more to say. */
  public static OrderFault of(Field field, Problem problem) {
    return new OrderFault(field, problem, "");
  }
}
