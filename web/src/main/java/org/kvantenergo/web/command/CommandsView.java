package org.kvantenergo.web.command;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.Campaigns;
import org.kvantenergo.command.CommandDesk;
import org.kvantenergo.command.CommandFilter;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandStory;
import org.kvantenergo.command.Commands;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.Identity;
import org.kvantenergo.device.Located;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.format.Dates;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.ListPage;
import org.kvantenergo.web.grid.Window;

/**
 * «Команды»: what is listed, and the story of the chosen one. The address may say what is listed:
 * {@code device}, {@code state}, {@code campaign}, {@code request}; and what is chosen: {@code id}.
 */
@Named("commands")
@ViewScoped
public class CommandsView extends ListPage<CommandLine> {

  /** All that may still be sent, or wait for a proof. */
  static final String UNDER_WAY = "UNDER_WAY";

  /** All that ended otherwise than they should. */
  static final String BAD = "BAD";

  private static final long serialVersionUID = 1L;
  private static final String ALL = "ALL";

  /** As many digits as an IMEI has. */
  private static final String DIGITS = "[0-9]{1,15}";

  @Inject private transient Commands commands;
  @Inject private transient CommandDesk desk;
  @Inject private transient Campaigns campaigns;
  @Inject private transient DeviceDirectory directory;

  private String which = ALL;
  private String text = "";
  private String author = "";
  private String from = "";
  private String until = "";
  private long campaign;
  private long request;
  private long device;
  private String fault = "";
  private String said = "";
  private transient CommandFilter filter = CommandFilter.ALL;
  private transient Map<CommandState, Long> underWay = Map.of();
  private transient List<ProposalLine> proposals = List.of();
  private transient CommandDetail selected;

  @PostConstruct
  void begin() {
    which = known(Asked.text("state"));
    campaign = Asked.number("campaign");
    request = Asked.number("request");
    guarded(
        () -> {
          beginWith(Asked.number("device"));
          filter = filtered();
          select(Asked.number("id"));
        });
  }

  /** One that the viewer does not see is answered like one that there is none of. */
  private void beginWith(long id) {
    device = id;
    Optional<DeviceRow> row =
        id == 0 ? Optional.empty() : directory.find(viewer().scope(), new DeviceId(id));
    text = row.map(found -> Identifier.serial(found.serial()).text()).orElse("");
  }

  /** Those of a state, or of several that have a name together. */
  public void show(String states) {
    which = known(states);
    search();
  }

  /** What stands in the fields. */
  public void search() {
    fault = "";
    said = "";
    guarded(
        () -> {
          device = text.isEmpty() ? 0 : find();
          if (fault.isEmpty()) {
            filter = filtered();
            getList().moveTo(0);
            select(0);
          }
        });
  }

  /** Takes all limits away. */
  public void unlimited() {
    which = ALL;
    text = "";
    author = "";
    from = "";
    until = "";
    campaign = 0;
    request = 0;
    search();
  }

  private long find() {
    String digits = text.replaceAll("[\\s\\u00A0\\u202F]+", "");
    if (!digits.matches(DIGITS)) {
      fault = "commands.fault.digits";
      return 0;
    }
    for (Identity identity : List.of(Identity.SERIAL, Identity.IMEI)) {
      List<Located.Found> found =
          directory.locate(viewer().scope(), identity, List.of(digits)).found();
      if (!found.isEmpty()) {
        return found.get(0).device().value();
      }
    }
    fault = "commands.fault.unknown";
    return 0;
  }

  private CommandFilter filtered() {
    return new CommandFilter(
        device == 0 ? null : new DeviceId(device),
        states(),
        author,
        Dates.of(from, until).span(viewer().zone()),
        campaign == 0 ? null : new CampaignId(campaign),
        request == 0 ? null : new RequestId(request),
        which.equals(UNDER_WAY));
  }

  private Set<CommandState> states() {
    return switch (which) {
      case ALL, UNDER_WAY -> Set.of();
      case BAD ->
          Arrays.stream(CommandState.values())
              .filter(CommandState::bad)
              .filter(state -> state != CommandState.CANCELLED)
              .collect(Collectors.toSet());
      default -> Set.of(CommandState.valueOf(which));
    };
  }

  private static String known(String name) {
    boolean state = Arrays.stream(CommandState.values()).anyMatch(s -> s.name().equals(name));
    return state || name.equals(UNDER_WAY) || name.equals(BAD) ? name : ALL;
  }

  /** Everything anew, as it is after something was done; says what came of it. */
  void changed(String what) {
    refresh();
    said = what;
  }

  /** The drawer is shut. */
  public void shut() {
    guarded(() -> select(0));
  }

  @Override
  protected void complete() {
    super.complete();
    underWay = commands.underWay(viewer().caller());
    proposals =
        desk.proposals(viewer().caller()).stream()
            .map(proposal -> ProposalLine.of(proposal, lines()))
            .toList();
  }

  @Override
  protected void look(long id) {
    Optional<CommandStory> story =
        id == 0 ? Optional.empty() : commands.story(viewer().caller(), new CommandId(id));
    selected = story.map(s -> new Timeline(lines(), s, paused(s)).detail()).orElse(null);
  }

  /** Asked only of what waits: its time would be no more than a wish. */
  private boolean paused(CommandStory story) {
    return story.row().campaign() != null
        && story.row().state() == CommandState.QUEUED
        && campaigns
            .find(viewer().caller(), story.row().campaign())
            .filter(found -> found.state() == CampaignState.PAUSED)
            .isPresent();
  }

  @Override
  protected Page<CommandLine> load(Slice slice) {
    return Window.numbered(commands.list(viewer().caller(), filter, slice), slice, lines()::line);
  }

  CommandLines lines() {
    return new CommandLines(viewer().getLocale(), viewer().zone(), clock());
  }

  /** The chosen one with its story; null if there is none. */
  public CommandDetail getSelected() {
    return selected;
  }

  /** What waits for approval. */
  public List<ProposalLine> getProposals() {
    return proposals;
  }

  /** How many are under way. */
  public long getUnderWay() {
    return underWay.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many are listed; of very many, that there are more. */
  public String getListed() {
    long total = getList().getTotal();
    String forms = lines().text("commands.forms");
    return total > Commands.COUNTED
        ? lines().said("commands.more", counted(Commands.COUNTED, forms))
        : counted(total, forms);
  }

  /** Every state, to choose from. */
  public List<CommandState> getStates() {
    return List.of(CommandState.values());
  }

  /** Whether anything limits the list. */
  public boolean isLimited() {
    return !which.equals(ALL)
        || !text.isEmpty()
        || !author.isEmpty()
        || !from.isEmpty()
        || !until.isEmpty()
        || campaign != 0
        || request != 0;
  }

  /** Name of a state, or of several together. */
  public String getWhich() {
    return which;
  }

  public void setWhich(String states) {
    which = known(typed(states));
  }

  public String getText() {
    return text;
  }

  public void setText(String digits) {
    text = typed(digits);
  }

  public String getAuthor() {
    return author;
  }

  public void setAuthor(String login) {
    author = typed(login).replace("\0", "");
  }

  public String getFrom() {
    return from;
  }

  public void setFrom(String day) {
    from = typed(day);
  }

  public String getUntil() {
    return until;
  }

  public void setUntil(String day) {
    until = typed(day);
  }

  private static String typed(String value) {
    return value == null ? "" : value.strip();
  }

  /** Of which campaign; 0 = of any or none. */
  public long getCampaign() {
    return campaign;
  }

  /** Of which call; 0 = of any. */
  public long getRequest() {
    return request;
  }

  /** Key of what is wrong with the fields; empty if nothing is. */
  public String getFault() {
    return fault;
  }

  /** What came of the last action; empty if there was none. */
  public String getSaid() {
    return said;
  }
}
