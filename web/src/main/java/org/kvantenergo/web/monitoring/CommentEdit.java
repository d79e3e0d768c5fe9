package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.kvantenergo.device.DeviceChanges;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;
import org.primefaces.PrimeFaces;

/** A comment that is edited where it stands; the page's script asks and is told by parameters. */
@Named("commentEdit")
@RequestScoped
public class CommentEdit {

  @Inject private DeviceChanges changes;
  @Inject private DeviceDirectory directory;
  @Inject private SelectedView selected;
  @Inject private CurrentViewer viewer;

  /**
   * Parameters {@code id}, {@code shown} (as it was when the editing began) and {@code text}. What
   * was wrong comes back as {@code fault}, empty if nothing was; if somebody else was quicker, what
   * they wrote as {@code now}.
   */
  public void save() {
    viewer.scope();
    DeviceId device = new DeviceId(Asked.number("id"));
    String fault = "";
    try {
      changes.comment(viewer.caller(), device, Asked.text("shown"), Asked.text("text"));
      if (device.value() == selected.getId()) {
        selected.again();
      }
    } catch (DeviceRefusedException e) {
      fault =
          e.reason() == DeviceRefusedException.Reason.CHANGED
              ? changed(device)
              : text(
                  e.reason() == DeviceRefusedException.Reason.VALUE
                      ? "comment.long"
                      : "dev.refused." + e.reason().name());
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      fault = text("dev.refused.DATABASE");
    }
    PrimeFaces.current().ajax().addCallbackParam("fault", fault);
  }

  private String changed(DeviceId device) {
    String now = directory.find(viewer.scope(), device).map(DeviceRow::comment).orElse("");
    PrimeFaces.current().ajax().addCallbackParam("now", now);
    return new MessageFormat(text("comment.changed"), viewer.getLocale())
        .format(new Object[] {now});
  }

  private String text(String key) {
    return ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale()).getString(key);
  }
}
