package org.kvantenergo.wire.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kvantenergo.wire.command.DeviceCommand.MetrologicalMode;
import org.kvantenergo.wire.command.DeviceCommand.SendArchive;
import org.kvantenergo.wire.command.DeviceCommand.SetApn;
import org.kvantenergo.wire.command.DeviceCommand.SetRetries;
import org.kvantenergo.wire.command.DeviceCommand.SetSchedule;
import org.kvantenergo.wire.command.DeviceCommand.TechnologicalMode;

class CommandCodecTest {

  @Test
  void everyCommandHasItsBytes() {
    both(new SetSchedule(1, 0, 1440), 1, "0100a005");
    both(new SetSchedule(28, 23, 44_640), 1, "1c1760ae");
    both(new MetrologicalMode(), 2, "");
    both(new TechnologicalMode(), 3, "");
    both(new SetRetries(10), 4, "0a");
    both(new SetApn("мтс", "a", ""), 5, "06d0bcd182d181016100");
    both(new SendArchive(1_613_365_230L, 0xFFFF_FFFFL), 6, "eeff2960ffffffff");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0100a0",
    "1, 0100a00500",
    "1, 0000a005",
    "1, 1d00a005",
    "1, 0118a005",
    "1, 01000000",
    "1, 010061ae",
    "2, 00",
    "4, ''",
    "4, 0b",
    "5, 0161",
    "5, 01610040",
    "5, 01ff0000",
    "6, eeff2960edff2960",
    "7, ''",
    "0, ''"
  })
  void whatIsNoCommandIsRefused(int code, String arguments) {
    assertThatThrownBy(() -> CommandCodec.decode(code, HexFormat.of().parseHex(arguments)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textsHaveAtMost63BytesAndNoZero() {
    assertThat(new SetApn("п".repeat(31), "", "").apn()).hasSize(31);
    assertThatThrownBy(() -> new SetApn("п".repeat(32), "", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SetApn("", "a\0", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theApnPasswordIsNotSaid() {
    assertThat(new SetApn("apn", "login", "secret").toString()).doesNotContain("secret");
  }

  private static void both(DeviceCommand command, int code, String arguments) {
    byte[] bytes = HexFormat.of().parseHex(arguments);
    assertThat(command.code()).isEqualTo(code);
    assertThat(CommandCodec.arguments(command)).isEqualTo(bytes);
    assertThat(CommandCodec.decode(code, bytes)).isEqualTo(command);
  }
}
