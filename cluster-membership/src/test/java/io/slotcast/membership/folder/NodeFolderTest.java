package io.slotcast.membership.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.router.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFolderTest {
  private final Random random = new Random(3);

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = parent.resolve("deep").resolve("node");
  }

  @Test
  void aNodeFindsItsNameAndItsMemoryAgain() throws IOException {
    NodeId id;
    try (NodeFolder first = NodeFolder.open(folder, this::newId)) {
      id = first.id();
      assertThat(first.load()).isNull();
      first.save(new byte[] {1, 2});
      first.save(new byte[] {3});
    }
    try (NodeFolder second = NodeFolder.open(folder, this::newId)) {
      assertThat(second.id()).isEqualTo(id);
      assertThat(second.load()).containsExactly(3);
    }
    assertThat(folder.resolve("node-id")).hasContent(id.hex());
  }

  @Test
  void aFolderInUseIsRefusedWithTheHoldersName() throws IOException {
    try (NodeFolder holder = NodeFolder.open(folder, this::newId)) {
      holder.save(new byte[] {1});
      assertThatThrownBy(() -> NodeFolder.open(folder, this::newId))
          .isInstanceOf(FolderHeldException.class)
          .hasMessage(
              "the data folder %s is held by process %d", folder, ProcessHandle.current().pid());
    }
    NodeFolder.open(folder, this::newId).close();
  }

  @Test
  void anotherProcessKeepsTheFolderToItself() throws Exception {
    Process holder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                FolderHolder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('+');
      assertThatThrownBy(() -> NodeFolder.open(folder, this::newId))
          .isInstanceOf(FolderHeldException.class)
          .hasMessageContaining("process " + holder.pid());
    } finally {
      assertThat(holder.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    NodeFolder.open(folder, this::newId).close();
  }

  @Test
  void aDamagedRegisterKeepsTheNodeFromStarting() throws IOException {
    saveOnce();
    Path register = folder.resolve("register");
    byte[] written = Files.readAllBytes(register);
    for (int i = 0; i < written.length; i++) {
      byte[] damaged = written.clone();
      damaged[i] ^= 0x10;
      Files.write(register, damaged);
      assertThatThrownBy(() -> NodeFolder.open(folder, this::newId))
          .as("byte %s", i)
          .isInstanceOf(FolderCorruptException.class)
          .hasMessageContaining("register is damaged");
    }
    Files.write(register, new byte[5]);
    assertThatThrownBy(() -> NodeFolder.open(folder, this::newId))
        .isInstanceOf(FolderCorruptException.class);
  }

  @Test
  void aNameWithoutItsMemoryIsNoFreshStart() throws IOException {
    saveOnce();
    Files.delete(folder.resolve("register"));

    assertThatThrownBy(() -> NodeFolder.open(folder, this::newId))
        .isInstanceOf(FolderCorruptException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void aLostNameIsFoundInTheMemory() throws IOException {
    NodeId id = saveOnce();
    Files.delete(folder.resolve("node-id"));

    try (NodeFolder again = NodeFolder.open(folder, this::newId)) {
      assertThat(again.id()).isEqualTo(id);
    }
    assertThat(folder.resolve("node-id")).hasContent(id.hex());
  }

  @Test
  void aForeignNameIsRefused() throws IOException {
    saveOnce();
    Files.writeString(folder.resolve("node-id"), "0".repeat(40));
    assertThatThrownBy(() -> NodeFolder.open(folder, this::newId))
        .isInstanceOf(FolderCorruptException.class);

    Files.writeString(folder.resolve("node-id"), "no id");
    assertThatThrownBy(() -> NodeFolder.open(folder, this::newId))
        .isInstanceOf(FolderCorruptException.class);
  }

  @Test
  void aCrashWhileWritingLeavesWhatWasThere() throws IOException {
    NodeId id = saveOnce();
    Files.write(folder.resolve("register.new"), new byte[] {9});

    try (NodeFolder again = NodeFolder.open(folder, this::newId)) {
      assertThat(again.id()).isEqualTo(id);
      assertThat(again.load()).containsExactly(1);
      again.save(new byte[] {2});
    }
    assertThat(folder.resolve("register.new")).doesNotExist();
  }

  private NodeId saveOnce() throws IOException {
    try (NodeFolder node = NodeFolder.open(folder, this::newId)) {
      node.save(new byte[] {1});
      return node.id();
    }
  }

  private NodeId newId() {
    return NodeId.random(random);
  }
}
