package org.kvantenergo.web.devices;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.kvantenergo.device.DeviceBook;
import org.kvantenergo.device.DeviceEntry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;

/** From what the registry says to what the viewer sees. */
final class Lines {

  private final Numbers numbers;
  private final ZoneId zone;
  private final LocalDate today;

  Lines(Locale locale, ZoneId zone, Clock clock) {
    this.numbers = new Numbers(locale);
    this.zone = zone;
    this.today = LocalDate.ofInstant(clock.instant(), zone);
  }

  DeviceLine line(DeviceEntry device, long number) {
    int model = device.model() == 0 ? device.reportedModel() : device.model();
    return new DeviceLine(
        device.id().value(),
        number == 0 ? "" : numbers.whole(number),
        device.kind().name(),
        device.state().name(),
        Identifier.imei(device.imei()),
        Identifier.serial(device.serial()),
        model == 0 ? "" : Integer.toString(model),
        device.iccid(),
        device.owner() == null ? "" : device.owner().name(),
        device.group() == null ? "" : device.group().name(),
        device.comment(),
        moment(device.commissionedAt()),
        moment(device.firstAt()),
        moment(device.heardAt()),
        moment(device.keySince()),
        device.swapped(),
        device.apartSince() != null,
        holder(device, device.byImei()),
        holder(device, device.bySerial()));
  }

  private static DeviceLine.HolderLine holder(DeviceEntry device, DeviceEntry.Holder holder) {
    return holder == null
        ? null
        : new DeviceLine.HolderLine(
            holder.id().value(),
            holder.kind().name(),
            Identifier.imei(holder.imei()),
            Identifier.serial(holder.serial()),
            holder.owner(),
            holder.kind() == device.kind()
                && holder.serial() == device.serial()
                && (holder.imei() == device.imei()
                    || (holder.kind() == DeviceRow.Kind.BASE_STATION && device.imei() == 0)),
            holder.kind() == device.kind());
  }

  PastLine past(DeviceBook.Past past) {
    return new PastLine(
        moment(past.until()),
        Identifier.imei(past.imei()),
        Identifier.serial(past.serial()),
        numbers.whole(past.records()));
  }

  private Moment moment(Instant instant) {
    return Moment.of(instant, zone, today);
  }

  String whole(long value) {
    return numbers.whole(value);
  }
}
