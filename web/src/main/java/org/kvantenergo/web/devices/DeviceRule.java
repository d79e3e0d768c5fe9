package org.kvantenergo.web.devices;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRegistration;
import org.kvantenergo.device.DeviceRegistration.Finding;
import org.kvantenergo.device.DeviceRegistration.Into;
import org.kvantenergo.device.DeviceRegistration.Rule;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.security.CurrentViewer;

/** Registering by a rule: it is tried first, and what was tried is what is done. */
@Named("deviceRule")
@ViewScoped
public class DeviceRule implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient DeviceRegistration registration;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private DevicesView devices;
  @Inject private DeviceInto into;

  private String kind = "MODULE";
  private String imeiFrom = "";
  private String imeiTo = "";
  private String serialFrom = "";
  private String serialTo = "";
  private String model = "";
  private String took = "";
  private boolean applied;
  private final Map<String, String> faults = new TreeMap<>();
  private transient Rule tried;
  private transient Into where;
  private transient Finding finding;

  /** Begins anew. */
  public void fresh() {
    imeiFrom = "";
    imeiTo = "";
    serialFrom = "";
    serialTo = "";
    model = "";
    forget();
  }

  private void forget() {
    faults.clear();
    tried = null;
    finding = null;
    applied = false;
  }

  /** Says what the rule comes to. */
  public void attempt() {
    forget();
    Rule rule = rule();
    if (faults.isEmpty()) {
      guarded(
          () -> {
            where = into.where();
            finding = registration.tryRule(viewer.caller(), rule, where);
            tried = rule;
          });
    }
  }

  /** Does what was tried. */
  public void apply() {
    if (tried == null) {
      return;
    }
    Instant begun = clock.instant();
    guarded(
        () -> {
          finding = registration.applyRule(viewer.caller(), tried, where);
          applied = true;
          tried = null;
          took =
              new Numbers(viewer.getLocale())
                  .fixed(Duration.between(begun, clock.instant()).toMillis() / 1000.0);
          devices.say("", true);
          devices.reload();
        });
  }

  private Rule rule() {
    check("imei", imeiFrom, imeiTo);
    check("serial", serialFrom, serialTo);
    if (!Typed.model(model)) {
      faults.put("model", "dev.fault.model");
    }
    if (!faults.isEmpty()) {
      return null;
    }
    Rule rule =
        new Rule(
            DeviceRow.Kind.valueOf(kind),
            number(imeiFrom),
            number(imeiTo),
            number(serialFrom),
            number(serialTo),
            Typed.modelOf(model));
    if (!rule.limited()) {
      faults.put("rule", "dev.fault.rule");
    }
    return rule;
  }

  private void check(String field, String from, String to) {
    if (!Typed.number(from) || !Typed.number(to)) {
      faults.put(field, "dev.fault.digits");
    } else if (Typed.longOf(from).orElse(0) > Typed.longOf(to).orElse(Long.MAX_VALUE)) {
      faults.put(field, "dev.fault.range");
    }
  }

  private static Long number(String typed) {
    OptionalLong number = Typed.longOf(typed);
    return number.isEmpty() ? null : (Long) number.getAsLong();
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (DeviceRefusedException e) {
      faults.put("rule", "dev.refused." + e.reason().name());
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      faults.put("rule", "dev.refused.DATABASE");
    }
  }

  /** Keys of what is wrong, by field. */
  public Map<String, String> getFaults() {
    return faults;
  }

  /** What the rule comes to, or came to; null before it was tried. */
  public Finding getFinding() {
    return finding;
  }

  /** Whether it was tried, and there is something to be done. */
  public boolean isOpen() {
    return tried != null && finding.ready() > 0;
  }

  /** Whether it was done. */
  public boolean isApplied() {
    return applied;
  }

  /** How long that took, s. */
  public String getTook() {
    return took;
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String name) {
    kind = name;
  }

  public String getImeiFrom() {
    return imeiFrom;
  }

  public void setImeiFrom(String typed) {
    imeiFrom = Typed.text(typed);
  }

  public String getImeiTo() {
    return imeiTo;
  }

  public void setImeiTo(String typed) {
    imeiTo = Typed.text(typed);
  }

  public String getSerialFrom() {
    return serialFrom;
  }

  public void setSerialFrom(String typed) {
    serialFrom = Typed.text(typed);
  }

  public String getSerialTo() {
    return serialTo;
  }

  public void setSerialTo(String typed) {
    serialTo = Typed.text(typed);
  }

  public String getModel() {
    return model;
  }

  public void setModel(String typed) {
    model = Typed.text(typed);
  }
}
