package org.kvantenergo.web.fleet;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.kvantenergo.device.FleetFigures.Bin;
import org.kvantenergo.device.FleetFigures.Bit;

/**
 * Addresses of the upper table with a filter, as its page reads them.
 *
 * @param root context path of the application
 * @param groups «all», or the id of a group
 */
record TableLinks(String root, String groups) {

  static TableLinks of(String root, long group) {
    return new TableLinks(root, group == 0 ? "all" : Long.toString(group));
  }

  String all() {
    return root + "/monitoring.xhtml?g=" + groups;
  }

  /** Those that one term of the filter leaves. */
  String with(String term) {
    return all() + "&f=" + URLEncoder.encode(term, StandardCharsets.UTF_8);
  }

  String silent() {
    return with("silent:2");
  }

  String bit(Bit bit) {
    return with("bit:" + bit.mask() + "." + bit.bit());
  }

  /** Both ends of the bin, either of which may be missing. */
  String range(String what, Bin bin) {
    return with(what + ":" + bin.from() + ".." + bin.to());
  }

  /** Last packet at or after a moment and before another; null = no end. */
  String received(Instant from, Instant to) {
    return with("received:" + from + ".." + (to == null ? "" : to));
  }
}
