package org.kvantenergo.web.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.device.DeviceGroups;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;

class ChoicesTest {

  private static final OrganisationId NORTH = new OrganisationId(2);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", new Scope(NORTH, false), Set.of());

  private final List<String> asked = new ArrayList<>();
  private final Choices choices =
      new Choices(noting(Organisations.class), noting(DeviceGroups.class));

  /** Everything that is listed is empty. */
  private <T> T noting(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              asked.add(type.getSimpleName() + "." + method.getName());
              return List.of();
            }));
  }

  @Test
  void theDatabaseIsAskedOnceUntilGroupsChange() {
    for (int i = 0; i < 3; i++) {
      assertThat(choices.owners(CALLER)).isEmpty();
      assertThat(choices.groups(CALLER, NORTH)).isEmpty();
    }
    assertThat(asked).containsExactly("Organisations.list", "DeviceGroups.list");
    assertThat(choices.groups(CALLER, new OrganisationId(3))).isEmpty();
    choices.forget();
    assertThat(choices.groups(CALLER, NORTH)).isEmpty();
    assertThat(asked)
        .containsExactly(
            "Organisations.list", "DeviceGroups.list", "DeviceGroups.list", "DeviceGroups.list");
  }
}
