package org.kvantenergo.web.custody;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.kvantenergo.reading.Evidence;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;

/** Evidence in the viewer's words: what is not known is said to be so. */
final class Findings {

  private static final String TEXTS = "org.kvantenergo.web.text";
  private static final int A_SECOND = 1000;

  private final ResourceBundle texts;
  private final Locale locale;
  private final Numbers numbers;
  private final ZoneId zone;

  Findings(Locale locale, ZoneId zone) {
    this.texts = ResourceBundle.getBundle(TEXTS, locale);
    this.locale = locale;
    this.numbers = new Numbers(locale);
    this.zone = zone;
  }

  List<Section> of(Evidence evidence) {
    return List.of(
        record(evidence),
        frame(evidence),
        reception(evidence),
        storage(evidence),
        repeats(evidence.repeats()));
  }

  private Section record(Evidence evidence) {
    Section.Line digest =
        evidence.intact()
            ? line("digest", text("custody.digest.same"), "ok")
            : line("digest", text("custody.digest.other"), "da");
    return new Section(text("custody.record"), List.of(digest), HexDump.of(evidence.bytes()));
  }

  private Section frame(Evidence evidence) {
    List<Section.Line> lines = new ArrayList<>();
    Evidence.Frame frame = evidence.frame();
    String bytes = "";
    if (frame instanceof Evidence.Frame.Whole whole) {
      lines.add(line("bytes", text("custody.frame.whole", whole.bytes().length), "ok"));
      lines.add(line("seq", numbers.whole(whole.seq()), ""));
      bytes = HexDump.of(whole.bytes());
    } else if (frame instanceof Evidence.Frame.Payload payload) {
      lines.add(line("bytes", text("custody.frame.payload", payload.bytes().length), "wa"));
      bytes = HexDump.of(payload.bytes());
    } else if (frame instanceof Evidence.Frame.Partial partial) {
      lines.add(
          line("bytes", text("custody.frame.partial", partial.known(), partial.records()), "wa"));
    } else {
      lines.add(line("bytes", text("custody.frame.unknown"), "wa"));
    }
    lines.add(tag(evidence.session() == null ? null : evidence.session().tag()));
    return new Section(text("custody.frame"), lines, bytes);
  }

  private Section.Line tag(Evidence.Tag tag) {
    if (tag == null) {
      return line("tag", text("custody.notKept"), "wa");
    }
    return switch (tag) {
      case NONE -> line("tag", text("custody.tag.NONE"), "");
      case UNCHECKED -> line("tag", text("custody.tag.UNCHECKED"), "wa");
      case CHECKED -> line("tag", text("custody.tag.CHECKED"), "ok");
    };
  }

  private Section reception(Evidence evidence) {
    List<Section.Line> lines = new ArrayList<>();
    lines.add(line("received", time(evidence.receivedAt()), ""));
    Evidence.Session session = evidence.session();
    if (session == null) {
      lines.add(line("session", text("custody.notKept"), "wa"));
    } else {
      if (session.relayed()) {
        lines.add(
            line(
                "station",
                session.relaySerial() == 0
                    ? text("custody.station.other")
                    : Identifier.serial(session.relaySerial()).text(),
                ""));
      }
      lines.add(line("node", session.node(), ""));
      lines.add(line("session", numbers.whole(session.id()), ""));
      lines.add(line("address", session.remoteAddress(), ""));
      lines.add(line("opened", time(session.openedAt()), ""));
    }
    return new Section(text("custody.reception"), lines, "");
  }

  private Section storage(Evidence evidence) {
    List<Section.Line> lines = new ArrayList<>();
    Evidence.Place place = evidence.place();
    if (place == null) {
      lines.add(line("batch", text("custody.older"), "wa"));
    } else {
      lines.add(line("batch", numbers.whole(place.batch()), ""));
      lines.add(
          line(
              "place",
              text("custody.place.of", place.frame() + 1, place.position() + 1, place.records()),
              ""));
    }
    lines.addAll(commits(evidence.setAside(), evidence.acknowledgement()));
    return new Section(text("custody.storage"), lines, "");
  }

  /** In the order in which it happened. */
  private List<Section.Line> commits(Evidence.SetAside aside, Evidence.Acknowledgement ack) {
    List<Section.Line> lines = new ArrayList<>();
    if (aside != null) {
      lines.add(line("aside", text("custody.aside.refused", time(aside.at())), "wa"));
    } else if (ack != null) {
      lines.add(line("stored", time(ack.storedAt()), "ok"));
    }
    if (ack == null) {
      lines.add(line("ack", text("custody.ack.notNoted"), "wa"));
    } else if (ack.sentAt() == null) {
      lines.add(line("ack", text("custody.ack.gone"), "wa"));
    } else {
      lines.add(line("ack", time(ack.sentAt()), "ok"));
    }
    if (aside != null) {
      lines.add(line("stored", time(aside.storedAt()), "ok"));
    }
    return lines;
  }

  private Section repeats(Evidence.Repeats repeats) {
    List<Section.Line> lines =
        repeats == null
            ? List.of(line("times", text("custody.times.none"), ""))
            : List.of(
                line("times", numbers.whole(repeats.times()), ""),
                line("lastAt", time(repeats.lastAt()), ""),
                line("lastSession", numbers.whole(repeats.lastSession()), ""));
    return new Section(text("custody.repeats"), lines, "");
  }

  private Section.Line line(String label, String value, String tone) {
    return new Section.Line(text("custody." + label), value, tone);
  }

  /** To the millisecond: here it is about the order of things. */
  private String time(Instant at) {
    char comma = locale.getLanguage().equals("en") ? '.' : ',';
    return Moment.of(at, zone, LocalDate.EPOCH).text()
        + comma
        + "%03d".formatted(Math.floorMod(at.toEpochMilli(), A_SECOND));
  }

  private String text(String key, Object... values) {
    return values.length == 0
        ? texts.getString(key)
        : new MessageFormat(texts.getString(key), Locale.ROOT).format(values);
  }
}
