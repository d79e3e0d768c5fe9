package org.kvantenergo.web.command;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.Campaigns;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.Sending;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * What is done with the chosen campaign, and the one dialogue that asks before. What is typed as a
 * password lives for the request alone.
 */
@Named("campaignActions")
@ViewScoped
public class CampaignActions implements Serializable {

  private static final long serialVersionUID = 1L;

  /** As long as most orders live. */
  private static final Duration LIFE = Duration.ofDays(3);

  @Inject private transient Campaigns campaigns;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private CampaignsView view;

  private String asked = "";
  private String expires = "";
  private boolean passwordAsked;
  private boolean failed;
  private transient List<OrderFault> faults = List.of();
  private transient String password;

  /** Opens the dialogue about something; with an empty name closes it. */
  public void ask(String what) {
    asked = what;
    faults = List.of();
    failed = false;
    password = null;
    passwordAsked = false;
    expires =
        LocalDateTime.ofInstant(clock.instant().plus(LIFE), viewer.zone())
            .truncatedTo(ChronoUnit.MINUTES)
            .toString();
  }

  /** «Пауза». */
  public void pause() {
    attempt(() -> told(campaigns.pause(viewer.caller(), chosen()), "campaign.said.paused"));
  }

  /** «Продолжить». */
  public void resume() {
    attempt(() -> told(campaigns.resume(viewer.caller(), chosen()), "campaign.said.resumed"));
  }

  /** «Пустить дальше». */
  public void goOn() {
    attempt(
        () ->
            sent(
                campaigns.goOn(viewer.caller(), chosen(), CommandActions.proof(viewer, password)),
                "campaign.said.wentOn"));
    password = null;
  }

  /** «Отменить остаток». */
  public void cancel() {
    attempt(() -> told("campaign.said.cancelled", campaigns.cancel(viewer.caller(), chosen())));
  }

  /** «Повторить»: what failed. */
  public void retry() {
    attempt(
        () ->
            sent(
                campaigns.retry(
                    viewer.caller(), chosen(), moment(), CommandActions.proof(viewer, password)),
                "campaign.said.retried"));
    password = null;
  }

  private void sent(Sending sending, String key) {
    if (sending instanceof Sending.Refused refused) {
      faults = refused.faults();
      passwordAsked |= faults.stream().anyMatch(f -> f.field() == Field.PASSWORD);
    } else if (sending instanceof Sending.Queued queued) {
      told(key, queued.counts().getOrDefault(Fate.QUEUED, 0L));
    }
  }

  /** Null, which is refused, if nothing that is a time is typed. */
  private Instant moment() {
    try {
      return LocalDateTime.parse(expires).atZone(viewer.zone()).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private void told(boolean done, String key) {
    ask("");
    view.changed(view.lines().texts().text(done ? key : "command.fault.DECIDED"));
  }

  private void told(String key, long count) {
    ask("");
    CommandLines words = view.lines().texts();
    view.changed(count < 0 ? words.text("command.fault.DECIDED") : words.said(key, count));
  }

  /** What the page asks for is asked first: who may not see it does nothing on it. */
  private void attempt(Runnable action) {
    viewer.requireCommands();
    faults = List.of();
    failed = false;
    try {
      action.run();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  private CampaignId chosen() {
    return new CampaignId(view.getSelectedId());
  }

  /** What the dialogue asks; empty if it is shut. */
  public String getAsked() {
    return asked;
  }

  /** What is wrong with when it ends; empty if nothing is. */
  public String getExpiresFault() {
    return fault(f -> f.field() == Field.EXPIRES);
  }

  /** What is wrong with the password; empty if nothing is, or none was asked for yet. */
  public String getPasswordFault() {
    return fault(f -> f.field() == Field.PASSWORD);
  }

  /** What is wrong with the whole; empty if nothing is. */
  public String getFault() {
    return failed
        ? view.lines().texts().text("commands.fault.database")
        : fault(f -> f.field() != Field.EXPIRES && f.field() != Field.PASSWORD);
  }

  private String fault(Predicate<OrderFault> which) {
    return faults == null
        ? ""
        : faults.stream()
            .filter(which)
            .map(view.lines().texts().words()::of)
            .findFirst()
            .orElse("");
  }

  /** Whether the own password was asked for. */
  public boolean isPasswordAsked() {
    return passwordAsked;
  }

  public String getExpires() {
    return expires;
  }

  public void setExpires(String typed) {
    expires = typed == null ? "" : typed.strip();
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String typed) {
    password = typed;
  }
}
