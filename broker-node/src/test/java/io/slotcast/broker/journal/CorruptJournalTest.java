package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.broker.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal that cannot be loaded whole keeps the node from starting, and one line says which file
 * it is and where: to start with half of the keys would lose the other half at the next rewrite.
 */
class CorruptJournalTest {
  private static final String BASE = "appendonly.aof.2.base.rdb";
  private static final String INCREMENT = "appendonly.aof.2.incr.aof";
  private static final String MANIFEST = "appendonly.aof.manifest";

  @TempDir private Path folder;

  @BeforeEach
  void aJournalWithABaseAndAnIncrement() {
    try (SingleNode node = start()) {
      RespConnection client = node.connect();
      for (int i = 0; i < 20; i++) {
        client.call("SET", "base:" + i, "value");
      }
      client.line("BGREWRITEAOF");
      await().until(() -> client.text("INFO", "persistence").contains("aof_rewrites:1"));
      for (int i = 0; i < 20; i++) {
        client.call("SET", "increment:" + i, "value");
      }
    }
  }

  @Test
  void aByteInTheMiddleOfTheCommands() throws Exception {
    byte[] bytes = Files.readAllBytes(file(INCREMENT));
    int middle = new String(bytes, StandardCharsets.US_ASCII).indexOf("*3", bytes.length / 2);
    bytes[middle] = '!';
    Files.write(file(INCREMENT), bytes);

    assertRefused(INCREMENT + ": ", "at byte " + middle);
  }

  @Test
  void aByteInTheMiddleOfTheBase() throws Exception {
    byte[] bytes = Files.readAllBytes(file(BASE));
    int middle = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("value", bytes.length / 2);
    bytes[middle] ^= 1;
    Files.write(file(BASE), bytes);

    assertRefused(BASE + ": ", "wrong RDB checksum");
  }

  @Test
  void aBaseThatIsCutShortThoughCommandsFollow() throws Exception {
    byte[] bytes = Files.readAllBytes(file(BASE));
    Files.write(file(BASE), Arrays.copyOf(bytes, bytes.length - 20));

    assertRefused(BASE + ": ", "at byte");
  }

  @Test
  void aKeyOfATypeThatIsUnknown() throws Exception {
    Files.write(
        file(BASE), HexFormat.of().parseHex("5245444953" + "30303130" + "fe00" + "63016b00ff"));

    assertRefused(BASE + ": ", "the key \"k\" holds a value of type 99, unknown here");
  }

  @Test
  void anIncrementThatIsCutShortThoughAnotherFollows() throws Exception {
    byte[] bytes = Files.readAllBytes(file(INCREMENT));
    Files.write(file(INCREMENT), Arrays.copyOf(bytes, bytes.length - 3));
    Files.writeString(
        file(MANIFEST),
        Files.readString(file(MANIFEST)) + "file appendonly.aof.3.incr.aof seq 3 type i\n");
    Files.createFile(file("appendonly.aof.3.incr.aof"));

    assertRefused(INCREMENT + ": unexpected end of file", "more files follow");
  }

  @Test
  void aManifestThatIsNone() throws Exception {
    Files.writeString(file(MANIFEST), "file a seq 1 type b\nno entry at all\n");

    assertRefused(MANIFEST + ": line 2 is no entry: no entry at all");
  }

  @Test
  void aFileThatTheManifestNamesIsMissing() throws Exception {
    Files.delete(file(BASE));

    assertRefused(BASE + ": missing, though " + MANIFEST + " names it");
  }

  @Test
  void aFileInPlaceOfTheFolder() throws IOException {
    try (var files = Files.newDirectoryStream(folder.resolve("appendonlydir"))) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder.resolve("appendonlydir"));
    Files.createFile(folder.resolve("appendonlydir"));

    assertRefused("cannot use the data folder: ", "appendonlydir: not a folder");
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::start)
        .cause()
        .isInstanceOf(StartupException.class)
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  private Path file(String name) {
    return folder.resolve("appendonlydir").resolve(name);
  }

  private SingleNode start() {
    return SingleNode.start("--dir", folder.toString(), "--save", "", "--appendonly", "yes");
  }
}
