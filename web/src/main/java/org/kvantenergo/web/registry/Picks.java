package org.kvantenergo.web.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.kvantenergo.device.DeviceOwners;
import org.kvantenergo.registry.Site;
import org.kvantenergo.registry.Sites;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** What somebody means who types a part of an address or the number of a device. */
@Dependent
class Picks {

  /** Most that one can pick from. */
  private static final int MOST = 20;

  private static final Slice LOOKED_AT = new Slice(0, 500);
  private static final Pattern NUMBER = Pattern.compile("\\d+\\p{L}?(?!\\p{L})|\\d+");

  private final Sites sites;
  private final DeviceOwners devices;

  @Inject
  Picks(Sites sites, DeviceOwners devices) {
    this.sites = sites;
    this.devices = devices;
  }

  /**
   * Sites that are meant: one if it is clear which, else what could be, at most 20. A number that
   * is typed is a whole one: flat 2 is not flat 20.
   *
   * @param picked id of the one that was picked among them; empty if none was
   */
  List<Site> sites(Scope scope, String address, String picked) {
    List<String> typed = numbers(address);
    List<Site> found =
        sites.search(scope, address, LOOKED_AT).rows().stream()
            .filter(site -> numbers(site.address()).containsAll(typed))
            .toList();
    List<Site> chosen =
        found.stream().filter(site -> Long.toString(site.id().value()).equals(picked)).toList();
    if (!chosen.isEmpty()) {
      return chosen;
    }
    // The same address may be there once for each of several organisations.
    List<Site> exact =
        found.stream().filter(site -> site.address().equalsIgnoreCase(address)).toList();
    return (exact.isEmpty() ? found : exact).stream().limit(MOST).toList();
  }

  /** The numbers in a text, each with a letter that follows at once: 12, 5а. */
  private static List<String> numbers(String text) {
    return NUMBER.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  /** The device with a serial number or IMEI; null if one does not see any such. */
  DeviceId device(Scope scope, String number) {
    if (!number.matches("[0-9]{1,15}")) {
      return null;
    }
    long value = Long.parseLong(number);
    List<DeviceOwners.Owned> found = devices.find(scope, Set.of(value));
    return found.stream()
        .filter(device -> device.serial() == value || found.size() == 1)
        .map(DeviceOwners.Owned::device)
        .findFirst()
        .orElse(null);
  }
}
