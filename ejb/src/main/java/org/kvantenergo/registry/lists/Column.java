package org.kvantenergo.registry.lists;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kvantenergo.registry.SiteKind;

/** The columns of the form, in their order. A file may leave out all but the required ones. */
public enum Column {
  COUNTRY("Страна", "Country"),
  REGION("Регион", "Region"),
  SETTLEMENT("Населённый пункт", "Settlement"),
  STREET("Улица", "Street"),
  HOUSE("Дом", "House"),
  ENTRANCE("Подъезд", "Entrance"),
  FLAT("Квартира", "Flat"),
  ZONE("Часовой пояс", "Time zone"),
  GUID("GUID адреса", "Address GUID"),
  RESOURCE("Ресурс", "Resource"),
  PLACE("Место", "Place"),
  TYPE("Тип счётчика", "Meter type"),
  SERIAL("Номер счётчика", "Meter serial number"),
  CAPACITY("Ёмкость счётного механизма", "Register capacity"),
  DIAMETER("Диаметр, мм", "Diameter, mm"),
  INSTALLED("Установлен", "Installed"),
  FIRST_READING("Начальное показание", "First reading"),
  LAST_READING("Последнее показание снятого", "Last reading of the replaced"),
  VERIFIED("Поверен", "Verified"),
  DUE("Поверить до", "Verification due"),
  SEALS("Пломбы", "Seals"),
  MODULE("Серийный номер модуля", "Module serial number"),
  FITTED("Модуль установлен", "Module fitted"),
  ACCOUNT("Лицевой счёт", "Account"),
  HOLDER("Потребитель", "Consumer"),
  SINCE("Счёт открыт", "Account since");

  /** Without these a file is not a list. */
  public static final List<Column> REQUIRED = List.of(RESOURCE, TYPE, SERIAL);

  /** The parts of an address, from the top down. */
  public static final List<Column> ADDRESS =
      Arrays.stream(SiteKind.values()).map(kind -> valueOf(kind.name())).toList();

  private final String russian;
  private final String english;

  Column(String russian, String english) {
    this.russian = russian;
    this.english = english;
  }

  /** What stands in the first line. */
  public String header(Locale locale) {
    return locale.getLanguage().equals("en") ? english : russian;
  }

  /** The column with a header, in any of the languages and whatever its case. */
  public static Optional<Column> of(String header) {
    String plain = header.strip().replace('ё', 'е');
    return Arrays.stream(values())
        .filter(
            c ->
                plain.equalsIgnoreCase(c.russian.replace('ё', 'е').replace('Ё', 'Е'))
                    || plain
                        .replace('Ё', 'Е')
                        .equalsIgnoreCase(c.russian.replace('ё', 'е').replace('Ё', 'Е'))
                    || plain.equalsIgnoreCase(c.english))
        .findFirst();
  }
}
