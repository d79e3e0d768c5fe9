package org.kvantenergo.web.setaside;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.kvantenergo.setaside.SetAsideFrames;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.security.CurrentViewer;

/** How many frames wait, for the head of other pages. Asked once a request. */
@Named("setAsideChip")
@RequestScoped
public class SetAsideChip {

  private final SetAsideFrames frames;
  private final CurrentViewer viewer;
  private long count = -1;

  @Inject
  public SetAsideChip(SetAsideFrames frames, CurrentViewer viewer) {
    this.frames = frames;
    this.viewer = viewer;
  }

  /** For the proxies of CDI. */
  protected SetAsideChip() {
    this(null, null);
  }

  /** 0 as well when it cannot be had: the page around it says so. */
  public long getCount() {
    if (count < 0) {
      try {
        count = frames.waiting(viewer.scope());
      } catch (DatabaseException e) {
        WebLog.DATA_MISSING.say(e);
        count = 0;
      }
    }
    return count;
  }
}
