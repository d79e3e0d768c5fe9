package org.kvantenergo.web.people;

import io.nayuki.qrcodegen.QrCode;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.kvantenergo.account.SecondFactor;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.security.CurrentViewer;

/** The own second factor on «Мой доступ». */
@Named("factor")
@ViewScoped
public class FactorView extends OwnSecret {

  private static final long serialVersionUID = 1L;

  /** What a reader needs around a code, modules. */
  private static final int QUIET = 4;

  @Inject private transient SecondFactor factor;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private transient String password;
  private transient String code;
  private transient List<String> codes = List.of();
  private transient SecondFactor.State state;
  // Lives as long as the page: a wrong code shows the same picture again.
  private String secret = "";
  private String uri = "";

  /** Asks for a secret. */
  public void offer() {
    SecondFactor.Offer offer = factor.offer(viewer.caller(), chars(password));
    secret = offer.secret();
    uri = offer.uri();
    say(offer.outcome(), "");
  }

  /** Switches on. */
  public void confirm() {
    SecondFactor.Codes made = factor.confirm(viewer.caller(), text(code), viewer.token());
    show(made, "factor.said.ON");
  }

  /** Forgets the secret. */
  public void cancel() {
    secret = "";
    uri = "";
    say(false, "");
  }

  /** Makes recovery codes anew. */
  public void renew() {
    show(factor.renewCodes(viewer.caller(), chars(password), text(code)), "factor.said.RENEWED");
  }

  /** Switches off. */
  public void off() {
    say(factor.off(viewer.caller(), chars(password), text(code)), "factor.said.OFF");
  }

  private void show(SecondFactor.Codes made, String said) {
    say(made.outcome(), said);
    codes = made.codes();
    boolean done = made.outcome() == SecondFactor.Outcome.DONE;
    if (done || made.outcome() == SecondFactor.Outcome.LAPSED) {
      secret = "";
      uri = "";
    }
    if (done) {
      viewer.renew();
    }
  }

  private void say(SecondFactor.Outcome outcome, String said) {
    boolean done = outcome == SecondFactor.Outcome.DONE;
    say(done, done ? said : "factor.said." + outcome.name());
    state = null;
  }

  /** How it stands. */
  public SecondFactor.State getState() {
    if (state == null) {
      state = factor.state(viewer.caller());
    }
    return state;
  }

  /** From when on codes are asked for. */
  public String getSince() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    return Moment.of(getState().since(), viewer.zone(), today).text();
  }

  /** Whether nothing else opens before it is on. */
  public boolean isMust() {
    return viewer.get().mustEnrol();
  }

  /** Whether a secret waits for its first code. */
  public boolean isOffered() {
    return !secret.isEmpty();
  }

  /** The secret in groups of four, for typing. */
  public String getSecret() {
    return secret.replaceAll("(.{4})(?!$)", "$1 ");
  }

  /** Edge of the picture, modules. */
  public int getEdge() {
    return picture().size + 2 * QUIET;
  }

  /** The dark modules as a path of SVG: a square each. */
  public String getPath() {
    QrCode picture = picture();
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < picture.size; y++) {
      for (int x = 0; x < picture.size; x++) {
        if (picture.getModule(x, y)) {
          path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
        }
      }
    }
    return path.toString();
  }

  private QrCode picture() {
    return QrCode.encodeText(uri, QrCode.Ecc.LOW);
  }

  /** Recovery codes, shown this once. */
  public List<String> getCodes() {
    return codes == null ? List.of() : codes;
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public String getCode() {
    return "";
  }

  public void setCode(String code) {
    this.code = code;
  }
}
