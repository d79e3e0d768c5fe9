package org.kvantenergo.command.internal;

import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;

/** What is wrong with the plan of a campaign by itself. */
final class PlanRules {

  private static final int ALL = 100;

  private PlanRules() {}

  static List<OrderFault> faults(CampaignPlan plan) {
    List<OrderFault> faults = new ArrayList<>();
    String name = plan.name() == null ? "" : plan.name().strip();
    if (name.isEmpty()) {
      faults.add(OrderFault.of(Field.NAME, Problem.MISSING));
    } else if (name.length() > CampaignPlan.LONGEST_NAME) {
      String most = Integer.toString(CampaignPlan.LONGEST_NAME);
      faults.add(new OrderFault(Field.NAME, Problem.TOO_LONG, most));
    } else if (name.indexOf('\0') >= 0) {
      faults.add(OrderFault.of(Field.NAME, Problem.BAD_CHARACTER));
    }
    if (plan.canaries() < 1 || plan.canaries() > CampaignPlan.MOST_CANARIES) {
      String range = "1.." + CampaignPlan.MOST_CANARIES;
      faults.add(new OrderFault(Field.CANARIES, Problem.OUT_OF_RANGE, range));
    }
    if (plan.threshold() < 0 || plan.threshold() > ALL) {
      faults.add(new OrderFault(Field.THRESHOLD, Problem.OUT_OF_RANGE, "0.." + ALL));
    }
    return faults;
  }
}
