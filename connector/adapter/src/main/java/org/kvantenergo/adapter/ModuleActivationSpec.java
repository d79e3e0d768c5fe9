package org.kvantenergo.adapter;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ConfigProperty;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.net.Acceptor;
import org.kvantenergo.adapter.net.TimeLimits;
import org.kvantenergo.wire.PacketListener;

/**
 * What the bean's activation properties can say. Defaults are the protocol's and a small site's.
 */
@Activation(messageListeners = PacketListener.class)
public class ModuleActivationSpec implements ActivationSpec, Serializable {

  private static final long serialVersionUID = 1L;

  private transient ResourceAdapter resourceAdapter;

  private static final int LEAST_LANES = 2;
  private static final int MOST_LANES = 16;

  @ConfigProperty(defaultValue = "5642", description = "TCP port of the modules")
  private Integer port = 5642;

  @ConfigProperty(defaultValue = "0.0.0.0", description = "Address that the port is bound to")
  private String bindAddress = "0.0.0.0";

  @ConfigProperty(defaultValue = "node", description = "Name of this server in the sessions")
  private String nodeName = "node";

  @ConfigProperty(defaultValue = "5643", description = "TCP port of the modules by TLS")
  private Integer tlsPort = 5643;

  @ConfigProperty(defaultValue = "", description = "Keystore with our certificate; empty = no TLS")
  private String tlsKeystore = "";

  @ConfigProperty(
      defaultValue = "",
      description = "Password of the keystore and its key",
      confidential = true)
  private String tlsKeystorePassword = "";

  @ConfigProperty(defaultValue = "50000", description = "Sessions before newcomers are sent away")
  private Integer maxSessions = 50_000;

  @ConfigProperty(defaultValue = "30000", description = "Connections of one IP address at most")
  private Integer maxSessionsPerAddress = 30_000;

  @ConfigProperty(
      defaultValue = "0",
      description = "Batches stored side by side; 0 = one a processor, 2 to 16")
  private Integer lanes = 0;

  @ConfigProperty(defaultValue = "500", description = "Most records in a batch")
  private Integer batchSize = 500;

  @ConfigProperty(defaultValue = "10", description = "Longest wait for a batch under load, ms")
  private Integer batchWaitMillis = 10;

  @ConfigProperty(defaultValue = "10", description = "From the connection to HELLO, s")
  private Integer helloTimeoutSeconds = 10;

  @ConfigProperty(defaultValue = "60", description = "Longest silence of a module, s")
  private Integer moduleIdleSeconds = 60;

  @ConfigProperty(defaultValue = "600", description = "Longest silence of a base station, s")
  private Integer stationIdleSeconds = 600;

  @ConfigProperty(defaultValue = "10", description = "Longest pause inside a frame, s")
  private Integer stallSeconds = 10;

  @ConfigProperty(defaultValue = "30", description = "Longest wait for storage, s")
  private Integer storageSeconds = 30;

  @ConfigProperty(defaultValue = "10", description = "Longest wait for sessions at the stop, s")
  private Integer stopSeconds = 10;

  @Override
  public void validate() throws InvalidPropertyException {
    filled("bindAddress", bindAddress);
    filled("nodeName", nodeName);
    range("port", port, 1, 65535);
    range("tlsPort", tlsPort, 1, 65535);
    range("maxSessions", maxSessions, 1, 1_000_000);
    range("maxSessionsPerAddress", maxSessionsPerAddress, 1, 1_000_000);
    range("storageSeconds", storageSeconds, 1, 3600);
    range("lanes", lanes, 0, 64);
    range("batchSize", batchSize, 1, 10_000);
    range("batchWaitMillis", batchWaitMillis, 0, 1000);
    range("helloTimeoutSeconds", helloTimeoutSeconds, 1, 3600);
    range("moduleIdleSeconds", moduleIdleSeconds, 1, 86_400);
    range("stationIdleSeconds", stationIdleSeconds, 1, 86_400);
    range("stallSeconds", stallSeconds, 1, 3600);
    range("stopSeconds", stopSeconds, 1, 300);
  }

  private static void filled(String name, String value) throws InvalidPropertyException {
    if (value == null || value.isBlank()) {
      throw new InvalidPropertyException(name + " is empty");
    }
  }

  private static void range(String name, Integer value, int least, int most)
      throws InvalidPropertyException {
    if (value == null || value < least || value > most) {
      throw new InvalidPropertyException(
          "%s is %s, must be %d..%d".formatted(name, value, least, most));
    }
  }

  Acceptor.Settings acceptor() {
    TimeLimits limits =
        new TimeLimits(
            Duration.ofSeconds(helloTimeoutSeconds),
            Duration.ofSeconds(moduleIdleSeconds),
            Duration.ofSeconds(stationIdleSeconds),
            Duration.ofSeconds(stallSeconds),
            Duration.ofSeconds(storageSeconds));
    Acceptor.Tls tls =
        tlsKeystore == null || tlsKeystore.isBlank()
            ? null
            : new Acceptor.Tls(tlsPort, Path.of(tlsKeystore), tlsKeystorePassword);
    return new Acceptor.Settings(
        bindAddress, port, tls, nodeName, maxSessions, maxSessionsPerAddress, limits);
  }

  Dispatcher.Settings dispatcher() {
    int processors = Runtime.getRuntime().availableProcessors();
    int side = lanes == 0 ? Math.max(LEAST_LANES, Math.min(MOST_LANES, processors)) : lanes;
    return new Dispatcher.Settings(nodeName, side, batchSize, batchWaitMillis);
  }

  @Override
  public ResourceAdapter getResourceAdapter() {
    return resourceAdapter;
  }

  @Override
  public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
    resourceAdapter = adapter;
  }

  public Integer getPort() {
    return port;
  }

  public void setPort(Integer value) {
    port = value;
  }

  public String getBindAddress() {
    return bindAddress;
  }

  public void setBindAddress(String value) {
    bindAddress = value;
  }

  public String getNodeName() {
    return nodeName;
  }

  public void setNodeName(String value) {
    nodeName = value;
  }

  public Integer getMaxSessions() {
    return maxSessions;
  }

  public void setMaxSessions(Integer value) {
    maxSessions = value;
  }

  public Integer getLanes() {
    return lanes;
  }

  public void setLanes(Integer value) {
    lanes = value;
  }

  public Integer getBatchSize() {
    return batchSize;
  }

  public void setBatchSize(Integer value) {
    batchSize = value;
  }

  public Integer getBatchWaitMillis() {
    return batchWaitMillis;
  }

  public void setBatchWaitMillis(Integer value) {
    batchWaitMillis = value;
  }

  public Integer getHelloTimeoutSeconds() {
    return helloTimeoutSeconds;
  }

  public void setHelloTimeoutSeconds(Integer value) {
    helloTimeoutSeconds = value;
  }

  public Integer getModuleIdleSeconds() {
    return moduleIdleSeconds;
  }

  public void setModuleIdleSeconds(Integer value) {
    moduleIdleSeconds = value;
  }

  public Integer getStationIdleSeconds() {
    return stationIdleSeconds;
  }

  public void setStationIdleSeconds(Integer value) {
    stationIdleSeconds = value;
  }

  public Integer getStallSeconds() {
    return stallSeconds;
  }

  public void setStallSeconds(Integer value) {
    stallSeconds = value;
  }

  public Integer getStopSeconds() {
    return stopSeconds;
  }

  public void setStopSeconds(Integer value) {
    stopSeconds = value;
  }

  public Integer getTlsPort() {
    return tlsPort;
  }

  public void setTlsPort(Integer value) {
    tlsPort = value;
  }

  public String getTlsKeystore() {
    return tlsKeystore;
  }

  public void setTlsKeystore(String value) {
    tlsKeystore = value;
  }

  public String getTlsKeystorePassword() {
    return tlsKeystorePassword;
  }

  public void setTlsKeystorePassword(String value) {
    tlsKeystorePassword = value;
  }

  public Integer getMaxSessionsPerAddress() {
    return maxSessionsPerAddress;
  }

  public void setMaxSessionsPerAddress(Integer value) {
    maxSessionsPerAddress = value;
  }

  public Integer getStorageSeconds() {
    return storageSeconds;
  }

  public void setStorageSeconds(Integer value) {
    storageSeconds = value;
  }
}
