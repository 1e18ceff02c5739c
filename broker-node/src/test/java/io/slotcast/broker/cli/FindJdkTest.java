package io.slotcast.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How {@code deploy/lib/find-jdk.sh} tells a Java that is new enough. */
@DisabledOnOs(OS.WINDOWS)
class FindJdkTest {
  private static final Path SCRIPT = Path.of("..", "deploy", "lib", "find-jdk.sh").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void theFolderOfJavaHomeIsTakenIfItIsNewEnough() throws Exception {
    Path home = jdk("new one", "JAVA_VERSION=\"26.0.1\"\n");

    assertThat(run("JAVA_HOME='" + home + "' find_jdk")).isEqualTo(home.toString());
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws Exception {
    Path old = jdk("old", "JAVA_VERSION=\"17.0.15\"\n");
    Path onPath = jdk("path", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25\"\n");

    assertThat(run("JAVA_HOME='%s'; PATH='%s/bin:/usr/bin:/bin'; find_jdk".formatted(old, onPath)))
        .isEqualTo(onPath.toString());
  }

  @Test
  void theJavaOnThePathIsFoundThroughItsLinks() throws Exception {
    Path home = jdk("real", "JAVA_VERSION=\"25.0.3\"\n");
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("alternative"), home.resolve("bin/java"));
    Files.createSymbolicLink(links.resolve("java"), Path.of("alternative"));

    assertThat(run("PATH='" + links + ":/usr/bin:/bin'; java_on_path")).isEqualTo(home.toString());
  }

  @Test
  void aJavaWithoutReleaseFileIsAsked() throws Exception {
    Path home = jdk("bare", null);

    assertThat(run("java_major '" + home + "'")).isEqualTo("27");
  }

  @Test
  void aFolderThatIsMissingHasNoVersion() throws Exception {
    assertThat(run("java_major '" + folder + "/none'")).isEmpty();
  }

  private Path jdk(String name, @Nullable String release) throws IOException {
    Path home = folder.resolve(name);
    Path java = home.resolve("bin").resolve("java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"27-ea\" 2027-03-16' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (release != null) {
      Files.writeString(home.resolve("release"), release);
    }
    return home;
  }

  private static String run(String commands) throws Exception {
    Process shell =
        new ProcessBuilder("/bin/sh", "-euc", ". '" + SCRIPT + "'; " + commands)
            .redirectErrorStream(true)
            .start();
    String output =
        new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }
}
