package io.slotcast.broker.keyspace.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.router.SlotHash;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RdbFileTest {
  private static final long NOW = 1_800_000_000_000L;

  private static final RdbSettings SETTINGS =
      new RdbSettings(
          true,
          -2,
          16,
          new HashValue.Limits(8, 64),
          new SortedSetValue.Limits(() -> 8, () -> 64),
          new NodeLimits(() -> 200, () -> 10),
          false);

  @TempDir private Path folder;

  private final SlotTable slots = new SlotTable();
  private SlotTable loaded = new SlotTable();

  @Test
  void whatWasWrittenIsLoaded() throws Exception {
    for (int i = 0; i < 5000; i++) {
      put("key" + i, new StringValue(bytes("value".repeat(i % 200))), Value.NEVER);
    }
    put("later", new StringValue(bytes("a")), NOW + 1);

    RdbFileReader.Loaded what = load(write());

    assertThat(what.keys()).isEqualTo(5001);
    assertThat(what.end()).isEqualTo(Files.size(file()));
    assertThat(KeyspaceTotals.of(loaded).keys()).isEqualTo(5001);
    assertThat(text("key199")).hasSize(995);
  }

  @Test
  void keysWhoseTimeIsOverAreLeftOutUnlessAJournalMaySpeakOfThem() throws Exception {
    put("over", new StringValue(bytes("a")), NOW - 1);
    put("not over", new StringValue(bytes("a")), NOW);
    write();

    RdbFileReader.Loaded dropped = load(file());
    SlotTable other = new SlotTable();
    RdbFileReader.Loaded kept =
        new RdbFileReader(other, () -> SETTINGS)
            .load(file(), RdbFileReader.Expired.KEPT, true, NOW, at -> {});

    assertThat(dropped.keys()).isEqualTo(1);
    assertThat(dropped.expired()).isEqualTo(1);
    assertThat(kept.keys()).isEqualTo(2);
  }

  @Test
  void theHeaderNamesTheVersionThatTheContentNeeds() throws Exception {
    put("string", new StringValue(bytes("a")), Value.NEVER);
    assertThat(header(write())).isEqualTo("REDIS0010");

    HashValue hash = new HashValue(SETTINGS.hashLimits());
    hash.put(bytes("field"), bytes("value"));
    hash.expireField(bytes("field"), NOW + 1);
    put("hash", hash, Value.NEVER);

    assertThat(header(write())).isEqualTo("REDIS0012");
    assertThat(load(file()).keys()).isEqualTo(2);
  }

  @Test
  void aFileThatIsCutAnywhereOrChangedIsRefusedWithItsNameAndThePlace() throws Exception {
    put("string", new StringValue(bytes("some value")), Value.NEVER);
    byte[] whole = Files.readAllBytes(write());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> load(file()))
          .isInstanceOf(RdbFileException.class)
          .hasMessageContaining(file().toString())
          .hasMessageContaining("at byte");
    }
    byte[] changed = whole.clone();
    changed[whole.length - 12] ^= 1;
    Files.write(file(), changed);
    assertThatThrownBy(() -> load(file()))
        .isInstanceOf(RdbFileException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void whatACaseOfRedisCannotBeIsSaid() throws Exception {
    assertRefused("5245444953303031 30 fe01 000161 0162 ff", "database 1");
    assertRefused("5245444953303031 33 fe00 ff", "version 0013");
    assertRefused("5245444953303031 30 fe00 07 0161 8170ad85cf92a2dc03 00 ff", "\"a\"", "module");
    assertRefused("4845444953303031 30 fe00 ff", "not an RDB file");
    assertRefused("5245444953303031 30 fe00 000161 0162 000161 0162 ff", "twice");
  }

  @Test
  void functionsAndDataOfModulesAreLeftOut() throws Exception {
    // A library, a module's data (a number, a float, a double, a string), slot sizes, a key.
    Files.write(
        file(),
        hex(
            "52454449533030313 0 f5 0161 f7 8170ad85cf92a2dc03 02 01 02 05 03 00000000"
                + " 04 0000000000000000 05 0161 00 f4 01 02 03 fe00 fb0100 000161 0162 ff"
                + " 0000000000000000"));

    assertThat(load(file()).keys()).isEqualTo(1);
    assertThat(text("a")).isEqualTo("b");
  }

  private void assertRefused(String hex, String... reasons) throws IOException {
    Files.write(file(), hex(hex));
    assertThatThrownBy(() -> load(file()))
        .isInstanceOf(RdbFileException.class)
        .hasMessageContainingAll(reasons);
  }

  private Path file() {
    return folder.resolve("dump.rdb");
  }

  private Path write() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      RdbFileWriter writer =
          new RdbFileWriter(channel, true, new RdbFileWriter.About("7.4.0", 1, 2, false, 3, 4));
      SlotImages images = new SlotImages(() -> SETTINGS);
      IOException[] failed = new IOException[1];
      slots.forEach(
          slot -> {
            try {
              writer.add(images.of(slot, NOW));
            } catch (IOException e) {
              failed[0] = e;
            }
          });
      assertThat(failed[0]).isNull();
      writer.end();
    }
    return file();
  }

  private RdbFileReader.Loaded load(Path file) throws IOException, RdbFileException {
    loaded = new SlotTable();
    return new RdbFileReader(loaded, () -> SETTINGS)
        .load(file, RdbFileReader.Expired.DROPPED, true, NOW, at -> {});
  }

  private void put(String key, Value value, long expiresAt) {
    Slot slot = slots.get(SlotHash.slotOf(bytes(key)));
    slot.keys().put(bytes(key), 0, key.length(), value);
    slot.keys().expireAt(value, expiresAt);
  }

  private String text(String key) {
    Slot slot = loaded.get(SlotHash.slotOf(bytes(key)));
    return slot.keys().find(bytes(key), 0, key.length(), NOW) instanceof StringValue value
        ? new String(value.bytes(), StandardCharsets.UTF_8)
        : "";
  }

  private static String header(Path file) throws IOException {
    return new String(Files.readAllBytes(file), 0, 9, StandardCharsets.ISO_8859_1);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
