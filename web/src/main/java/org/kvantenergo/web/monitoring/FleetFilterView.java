package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.kvantenergo.device.BadFilterException;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.FilterText;
import org.kvantenergo.device.FleetCounts;
import org.kvantenergo.device.GroupSummary;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/** Which devices the upper table lists: groups and conditions, and how many each sign has. */
@Named("fleetFilter")
@ViewScoped
public class FleetFilterView implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Servers and messengers cut longer addresses. */
  private static final int LONGEST_ADDRESS = 4000;

  @Inject private transient DeviceDirectory directory;
  @Inject private CurrentViewer viewer;
  @Inject private MonitoringView monitoring;
  @Inject private TicksView ticks;

  private transient List<GroupSummary> groups = List.of();
  private transient DeviceFilter filter = DeviceFilter.ALL;
  private transient FleetCounts counts;
  private long listed;
  private long strangers;
  private String refused = "";

  /**
   * A condition that is on.
   *
   * @param term as in an address
   * @param text in words
   */
  public record Chip(String term, String text) {}

  /** The groups as they are now. */
  void census() {
    groups = directory.groups(viewer.scope());
    strangers = directory.unregistered(viewer.scope());
    count();
  }

  /** As an address or a view says it; empty groups are the first one, 642M_MTS. */
  void look(String asked, String terms) {
    refused = "";
    try {
      DeviceFilter read = FilterText.parse(asked, terms);
      filter = asked.isEmpty() && !groups.isEmpty() ? in(read, groups.get(0).id()) : read;
      if (!groups.stream()
          .map(GroupSummary::id)
          .collect(Collectors.toSet())
          .containsAll(filter.groups())) {
        refuse(asked);
      }
    } catch (BadFilterException e) {
      refuse(e.term());
    }
    count();
  }

  /** What is asked for is not to be had: nothing is listed, and the page says why. */
  private void refuse(String term) {
    filter = DeviceFilter.ALL;
    refused = term;
  }

  private static DeviceFilter in(DeviceFilter other, GroupId group) {
    return new DeviceFilter(DeviceFilter.Part.REGISTERED, Set.of(group), other.conditions());
  }

  /** All devices that somebody registered, or that nobody did. */
  void all(boolean registered) {
    filter = registered ? DeviceFilter.ALL : DeviceFilter.UNREGISTERED;
    refused = "";
    count();
  }

  /** The groups {@code groups}, as in an address. */
  public void choose() {
    String asked = Asked.text("groups");
    change(
        () ->
            look(asked.isEmpty() ? FilterText.ALL : asked, FilterText.terms(filter.conditions())));
  }

  /** Switches the condition {@code term} on or off. */
  public void toggle() {
    change(
        () -> {
          String term = Asked.text("term");
          List<Condition> others = new ArrayList<>(filter.conditions());
          if (!others.removeIf(condition -> FilterText.term(condition).equals(term))) {
            others.addAll(conditions(term));
          }
          filter = filter.with(others);
        });
  }

  /** Of what the page itself offers none is wrong. */
  private static List<Condition> conditions(String term) {
    try {
      return FilterText.parse(term);
    } catch (BadFilterException e) {
      return List.of();
    }
  }

  /** No conditions any more; the groups stay. */
  public void reset() {
    boolean unread = !refused.isEmpty();
    change(() -> filter = unread ? first() : filter.with(List.of()));
  }

  /** The same conditions in all groups. */
  public void everywhere() {
    change(() -> filter = DeviceFilter.ALL.with(filter.conditions()));
  }

  /** Other conditions in the same groups. */
  void apply(List<Condition> conditions) {
    change(() -> filter = filter.with(conditions));
  }

  /** Other conditions in all groups. */
  void applyEverywhere(List<Condition> conditions) {
    change(() -> filter = DeviceFilter.ALL.with(conditions));
  }

  private DeviceFilter first() {
    return groups.isEmpty() ? DeviceFilter.ALL : DeviceFilter.of(groups.get(0).id());
  }

  private void change(Runnable other) {
    monitoring.guarded(
        () -> {
          refused = "";
          other.run();
          census();
          ticks.filterChanged();
          monitoring.restart();
        });
  }

  void count() {
    counts = directory.counts(viewer.scope(), filter.with(List.of()));
    // What could not be understood lists nothing.
    listed =
        !refused.isEmpty()
            ? 0
            : filter.conditions().isEmpty()
                ? counts.all()
                : directory.counts(viewer.scope(), filter).all();
  }

  /** How many devices the table would list now, as it was counted last. */
  long listed() {
    return listed;
  }

  DeviceFilter filter() {
    return filter;
  }

  /** What could not be understood in an address; empty if nothing. */
  public String getRefused() {
    return refused;
  }

  public List<GroupSummary> getGroups() {
    return groups;
  }

  /** How many devices report without being registered, as far as the viewer may know. */
  public long getStrangers() {
    return strangers;
  }

  /** How many devices the groups hold. */
  public long getAll() {
    return groups.stream().mapToLong(GroupSummary::devices).sum();
  }

  /** How many there are of each sign; null before they could be counted. */
  public FleetCounts getCounts() {
    return counts;
  }

  /** The quick filters. */
  public List<Quick> getQuick() {
    return Quick.ALL;
  }

  /** Whether those are listed that nobody registered. */
  public boolean isUnregistered() {
    return filter.part() == DeviceFilter.Part.UNREGISTERED;
  }

  /** Whether all groups are listed. */
  public boolean isWhole() {
    return !isUnregistered() && filter.groups().isEmpty();
  }

  /** Whether a group is among the chosen ones. */
  public boolean in(GroupSummary group) {
    return filter.groups().contains(group.id());
  }

  /** The chosen groups. */
  public List<GroupSummary> getChosen() {
    return groups.stream().filter(this::in).toList();
  }

  /** Whether a condition is on. */
  public boolean on(String term) {
    return filter.conditions().stream().anyMatch(c -> FilterText.term(c).equals(term));
  }

  /** All conditions that are on. */
  public List<Chip> getChips() {
    Words words = new Words(viewer.getLocale(), viewer.zone());
    return filter.conditions().stream()
        .map(condition -> new Chip(FilterText.term(condition), words.of(condition)))
        .toList();
  }

  /** Those that have no button of their own. */
  public List<Chip> getOthers() {
    List<String> own = Quick.ALL.stream().map(Quick::term).toList();
    return getChips().stream().filter(chip -> !own.contains(chip.term())).toList();
  }

  /** All conditions in words, for who finds nothing. */
  public String getSaid() {
    return getChips().stream().map(Chip::text).collect(Collectors.joining(", "));
  }

  /** Groups and conditions as parameters of an address. */
  String address() {
    String address = "?g=" + groupsText();
    String terms = termsText();
    String with = terms.isEmpty() ? address : address + "&f=" + encoded(terms);
    // One that is too long leads nowhere; the filter of a pasted list is saved as a view instead.
    return with.length() > LONGEST_ADDRESS ? address : with;
  }

  private static String encoded(String terms) {
    return URLEncoder.encode(terms, StandardCharsets.UTF_8)
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%3B", ";");
  }

  String groupsText() {
    return FilterText.groups(filter);
  }

  String termsText() {
    return FilterText.terms(filter.conditions());
  }
}
