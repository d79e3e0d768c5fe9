package org.kvantenergo.adapter;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.io.Serializable;
import org.kvantenergo.wire.RehearsalListener;

/** How long a rehearsal may take. */
@Activation(messageListeners = RehearsalListener.class)
public class RehearsalActivationSpec implements ActivationSpec, Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MOST_SECONDS = 3600;

  private transient ResourceAdapter resourceAdapter;

  @ConfigProperty(
      defaultValue = "0",
      description = "Longest rehearsal after the start, s; 0 = none")
  private Integer seconds = 0;

  @Override
  public void validate() throws InvalidPropertyException {
    if (seconds == null || seconds < 0 || seconds > MOST_SECONDS) {
      throw new InvalidPropertyException(
          "seconds is %s, must be 0..%d".formatted(seconds, MOST_SECONDS));
    }
  }

  @Override
  public ResourceAdapter getResourceAdapter() {
    return resourceAdapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
    resourceAdapter = adapter;
  }

  public Integer getSeconds() {
    return seconds;
  }

  public void setSeconds(Integer value) {
    seconds = value;
  }
}
