package io.slotcast.testkit.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks of tests that died before they could remove them. A namespace's name holds the process
 * id of the test that made it: where no such process lives, what runs in the namespace ends and the
 * namespace goes, and with it its interfaces.
 */
final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
  private static final Pattern OURS =
      Pattern.compile("^(" + LabNetwork.PREFIX + "-(\\d+)-\\d+-\\w+)\\b.*");

  private Leftovers() {}

  static void remove() {
    SystemCommand.run("ip netns list")
        .lines()
        .map(OURS::matcher)
        .filter(Matcher::matches)
        .filter(name -> Files.notExists(Path.of("/proc", name.group(2))))
        .map(name -> name.group(1))
        .forEach(Leftovers::remove);
  }

  private static void remove(String namespace) {
    log.info("Removing {}, whose test is no more", namespace);
    SystemCommand.run("ip netns pids " + namespace)
        .lines()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
        .forEach(ProcessHandle::destroyForcibly);
    SystemCommand.run("ip netns del " + namespace);
  }
}
