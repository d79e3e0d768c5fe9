package org.kvantenergo.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.InvalidPropertyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.net.TimeLimits;

/** Activation as the server does it; what it says is read from the log. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModuleResourceAdapterTest {

  private static final Logger LOGGER = Logger.getLogger("org.kvantenergo.adapter");

  private final FakeServer server = new FakeServer();
  private final FakeBean bean = new FakeBean();
  private final FakeEndpoints endpoints = new FakeEndpoints(server.transactions(), bean);
  private final ModuleResourceAdapter adapter = new ModuleResourceAdapter();
  private final ModuleActivationSpec spec = new ModuleActivationSpec();
  private final Said said = new Said();

  @BeforeEach
  void start() throws IOException {
    LOGGER.addHandler(said);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      spec.setPort(free.getLocalPort());
    }
    spec.setBindAddress("127.0.0.1");
    adapter.start(server);
  }

  @AfterEach
  void stop() {
    adapter.stop();
    LOGGER.removeHandler(said);
    server.close();
  }

  @Test
  void thePortOpensWhenTheApplicationIsReady() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    bean.holdReady(gate);
    bean.notReady(1);
    adapter.endpointActivation(endpoints, spec);
    assertThat(said.next()).startsWith("KVANT-1009");
    bean.awaitAsked();
    assertThatThrownBy(() -> new TestModule(spec.getPort())).isInstanceOf(IOException.class);
    gate.countDown();
    assertThat(said.next())
        .isEqualTo("KVANT-1001 modules are taken on 127.0.0.1:" + spec.getPort());
    assertThat(Metrics.globalRegistry.get("kvant.port.open").gauges()).hasSize(1);
    assertThat(Metrics.globalRegistry.get("kvant.sessions.open").gauges()).hasSize(1);
    try (TestModule module = new TestModule(spec.getPort())) {
      module.send(ModuleFrames.hello(1, 5));
      assertThat(module.answer()).isEqualTo("HELLO_ACK 1 ACCEPTED");
    }
    adapter.endpointDeactivation(endpoints, spec);
    assertThat(said.next()).startsWith("KVANT-1003 port " + spec.getPort());
    assertThat(Metrics.globalRegistry.getMeters()).isEmpty();
    adapter.endpointDeactivation(endpoints, spec);
    assertThatThrownBy(() -> new TestModule(spec.getPort())).isInstanceOf(IOException.class);
    assertThat(endpoints.calls().stream().filter("create"::equals))
        .hasSameSizeAs(endpoints.calls().stream().filter("release"::equals).toList());
  }

  @Test
  void anApplicationThatIsStillStartingIsAskedAgain() throws Exception {
    endpoints.fate(FakeEndpoints.Fate.UNAVAILABLE);
    adapter.endpointActivation(endpoints, spec);
    assertThat(said.next()).startsWith("KVANT-1009");
    assertThat(said.next()).startsWith("KVANT-1010").endsWith("still starting");
    endpoints.fate(FakeEndpoints.Fate.COMMITTED);
    assertThat(said.next()).startsWith("KVANT-1001");
  }

  @Test
  void aPortInUseIsOneClearLineAndTheStopDoesNotWaitForIt() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      spec.setPort(taken.getLocalPort());
      adapter.endpointActivation(endpoints, spec);
      assertThat(said.next()).startsWith("KVANT-1009");
      assertThat(said.next())
          .startsWith("KVANT-1002 port 127.0.0.1:" + spec.getPort() + " cannot be opened")
          .contains("kvant.module.port");
      adapter.stop();
    }
  }

  @Test
  void theStopDoesNotWaitForAnApplicationThatNeverStarts() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    bean.holdReady(gate);
    adapter.endpointActivation(endpoints, spec);
    bean.awaitAsked();
    adapter.stop();
    gate.countDown();
  }

  @Test
  void theStopReleasesAQuestionThatTheServerHoldsForEver() throws Exception {
    bean.holdReady(new CountDownLatch(1));
    adapter.endpointActivation(endpoints, spec);
    bean.awaitAsked();
    adapter.endpointDeactivation(endpoints, spec);
    endpoints.awaitReleased();
    assertThat(endpoints.calls()).containsExactly("create", "before ready", "after", "release");
  }

  @Test
  void withoutTransactionsThereIsNoActivation() {
    endpoints.fate(FakeEndpoints.Fate.NOT_TRANSACTED);
    assertThatThrownBy(() -> adapter.endpointActivation(endpoints, spec))
        .isInstanceOf(NotSupportedException.class);
    assertThat(server.works()).isZero();
  }

  @Test
  void aSettingOutOfRangeIsNamed() throws ResourceException {
    spec.setLanes(65);
    assertThatThrownBy(() -> adapter.endpointActivation(endpoints, spec))
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage("lanes is 65, must be 0..64");
    spec.setLanes(4);
    spec.setBindAddress(" ");
    assertThatThrownBy(spec::validate)
        .isInstanceOf(InvalidPropertyException.class)
        .hasMessage("bindAddress is empty");
  }

  @Test
  void theDefaultsAreTheProtocols() throws InvalidPropertyException {
    ModuleActivationSpec fresh = new ModuleActivationSpec();
    fresh.validate();
    assertThat(fresh.acceptor().port()).isEqualTo(5642);
    assertThat(fresh.acceptor().bindAddress()).isEqualTo("0.0.0.0");
    assertThat(fresh.acceptor().maxSessions()).isEqualTo(50_000);
    assertThat(fresh.acceptor().limits()).isEqualTo(TimeLimits.PROTOCOL);
    int lanes = Math.max(2, Math.min(16, Runtime.getRuntime().availableProcessors()));
    assertThat(fresh.dispatcher()).isEqualTo(new Dispatcher.Settings("node", lanes, 500, 10));
  }
}
