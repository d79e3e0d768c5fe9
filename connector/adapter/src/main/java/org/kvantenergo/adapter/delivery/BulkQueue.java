package org.kvantenergo.adapter.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What waits from those who send much: taken address by address and device by device in turn, so
 * that nobody gains by sending more. Guarded by its lane.
 *
 * @param <T> what is queued
 */
final class BulkQueue<T> {

  private final Map<String, Map<Long, ArrayDeque<T>>> addresses = new LinkedHashMap<>();
  private int size;

  /**
   * Whose an item is.
   *
   * @param address IP address that it came from
   * @param device serial of the device that it is about
   */
  record Owner(String address, long device) {}

  void add(Owner owner, T item) {
    addresses
        .computeIfAbsent(owner.address(), address -> new LinkedHashMap<>())
        .computeIfAbsent(owner.device(), device -> new ArrayDeque<>())
        .add(item);
    size++;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Offers at most one item of each device, the addresses in turn.
   *
   * @param takes takes an item or leaves it; whoever leaves one is offered no more
   */
  void drain(Predicate<T> takes) {
    List<Turn> turns = new ArrayList<>();
    addresses.forEach((address, devices) -> turns.add(new Turn(address, devices)));
    List<Turn> open = new ArrayList<>(turns);
    boolean more = true;
    while (more && !open.isEmpty()) {
      Iterator<Turn> each = open.iterator();
      while (more && each.hasNext()) {
        Turn turn = each.next();
        more = turn.serve(takes);
        if (!turn.waiting.hasNext()) {
          each.remove();
        }
      }
    }
    turns.forEach(Turn::putBack);
  }

  /** An address during one drain. */
  private final class Turn {
    private final String address;
    private final Map<Long, ArrayDeque<T>> devices;
    private final Iterator<Map.Entry<Long, ArrayDeque<T>>> waiting;
    private final Map<Long, ArrayDeque<T>> served = new LinkedHashMap<>();

    Turn(String address, Map<Long, ArrayDeque<T>> devices) {
      this.address = address;
      this.devices = devices;
      this.waiting = devices.entrySet().iterator();
    }

    boolean serve(Predicate<T> takes) {
      Map.Entry<Long, ArrayDeque<T>> next = waiting.next();
      if (!takes.test(next.getValue().peek())) {
        return false;
      }
      next.getValue().poll();
      size--;
      served.put(next.getKey(), next.getValue());
      waiting.remove();
      return true;
    }

    /** Who was served waits behind who was not. */
    private void putBack() {
      served.values().removeIf(ArrayDeque::isEmpty);
      devices.putAll(served);
      if (!served.isEmpty() || devices.isEmpty()) {
        addresses.remove(address);
      }
      if (!devices.isEmpty()) {
        addresses.put(address, devices);
      }
    }
  }
}
