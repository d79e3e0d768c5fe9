package org.kvantenergo.web.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kvantenergo.registry.Site;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.registry.Sites;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;

class PicksTest {

  private static final Scope ALL = new Scope(new OrganisationId(1), true);

  @Test
  void aNumberIsAWholeOne() {
    assertThat(meant("д. 1, кв. 2", "", "Пермь, д. 12, кв. 20")).isEmpty();
    assertThat(meant("д. 5", "", "Пермь, д. 5а", "Пермь, д. 15")).isEmpty();
    assertThat(meant("д. 5а", "", "Пермь, д. 5А", "Пермь, д. 5")).containsExactly(1L);
    assertThat(meant("ленина 5 кв. 15", "", "Пермь, ул. Ленина, д. 5, кв. 15")).containsExactly(1L);
  }

  @Test
  void oneThatIsTypedInFullIsMeant() {
    assertThat(meant("пермь, д. 5", "", "Пермь, д. 5, кв. 1", "Пермь, д. 5")).containsExactly(2L);
  }

  @Test
  void theSameAddressOfTwoOrganisationsIsPicked() {
    assertThat(meant("Пермь, д. 5", "", "Пермь, д. 5", "Пермь, д. 5")).containsExactly(1L, 2L);
    assertThat(meant("Пермь, д. 5", "2", "Пермь, д. 5", "Пермь, д. 5")).containsExactly(2L);
  }

  @Test
  void whatWasPickedForAnotherTextIsNot() {
    assertThat(meant("д. 7", "1", "Пермь, д. 6", "Пермь, д. 7")).containsExactly(2L);
  }

  /** Numbers of the addresses, from 1, that are taken for what was typed. */
  private static Stream<Long> meant(String typed, String picked, String... there) {
    List<Site> found =
        Stream.iterate(0, i -> i < there.length, i -> i + 1)
            .map(
                i ->
                    new Site(
                        new SiteId(i + 1),
                        null,
                        SiteKind.FLAT,
                        "",
                        there[i],
                        ZoneOffset.UTC,
                        null,
                        0,
                        0,
                        0,
                        null))
            .toList();
    Sites sites =
        (Sites)
            Proxy.newProxyInstance(
                Sites.class.getClassLoader(),
                new Class<?>[] {Sites.class},
                (proxy, method, values) -> new Page<>(found, found.size()));
    return new Picks(sites, null).sites(ALL, typed, picked).stream().map(site -> site.id().value());
  }
}
