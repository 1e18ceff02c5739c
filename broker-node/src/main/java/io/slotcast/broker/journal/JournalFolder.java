package io.slotcast.broker.journal;

import io.slotcast.membership.folder.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's files, as Redis 7 lays them out: a folder in {@code dir} with a base, increments,
 * and a manifest that names them. The manifest is replaced whole: it is the one step by which a
 * rewritten journal takes the place of the one before.
 */
final class JournalFolder {
  private static final Logger log = LoggerFactory.getLogger(JournalFolder.class);

  /** How the names of files begin that count for nothing after a crash. */
  private static final String TEMPORARY = "temp-";

  private final Path parent;
  private final Path folder;
  private final String prefix;

  /**
   * @param parent {@code dir}
   * @param name {@code appenddirname}
   * @param prefix {@code appendfilename}
   */
  JournalFolder(Path parent, String name, String prefix) {
    this.parent = parent;
    this.folder = parent.resolve(name);
    this.prefix = prefix;
  }

  Path file(Manifest.Entry entry) {
    return folder.resolve(entry.name());
  }

  Path manifest() {
    return folder.resolve(manifestName());
  }

  private String manifestName() {
    return prefix + ".manifest";
  }

  /**
   * The manifest; empty if there is no journal. A journal of Redis before 7.0, which is one file
   * beside the folder, becomes the base of a new one.
   */
  Manifest read() throws IOException, UnloadableException {
    if (Files.exists(manifest())) {
      try {
        return Manifest.parse(Files.readString(manifest(), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException malformed) {
        throw new UnloadableException(manifest() + ": " + malformed.getMessage(), malformed);
      }
    }
    Path old = parent.resolve(prefix);
    if (!Files.isRegularFile(old)) {
      return Manifest.EMPTY;
    }
    log.info("{}: becomes the base of {}", old, folder);
    Files.createDirectories(folder);
    Manifest upgraded = new Manifest(new Manifest.Entry(prefix, 1), List.of(), List.of());
    // In this order a crash leaves a file that is found again: in its old place, or by its name.
    Files.createLink(folder.resolve(prefix), old);
    write(upgraded);
    Files.delete(old);
    DurableFile.syncFolder(parent);
    return upgraded;
  }

  /** Makes the folder, and removes what a crash has left. */
  void open() throws IOException {
    Files.createDirectories(folder);
    DurableFile.syncFolder(parent);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, TEMPORARY + "*")) {
      for (Path file : left) {
        log.info("{}: deleted, since a crash left it unfinished", file);
        Files.delete(file);
      }
    }
  }

  /** The file to which the next base is written. */
  Path temporaryBase() {
    return folder.resolve(TEMPORARY + prefix + ".base");
  }

  /** The file to which the next increment is written, until it counts. */
  Path temporaryIncrement() {
    return folder.resolve(TEMPORARY + prefix + ".incr");
  }

  Manifest.Entry base(long sequence) {
    return new Manifest.Entry(prefix + "." + sequence + ".base.rdb", sequence);
  }

  Manifest.Entry increment(long sequence) {
    return new Manifest.Entry(prefix + "." + sequence + ".incr.aof", sequence);
  }

  /** A temporary file, whose content is durable, becomes one that a manifest may name. */
  void name(Path temporary, Manifest.Entry entry) throws IOException {
    DurableFile.move(folder, String.valueOf(temporary.getFileName()), entry.name());
  }

  /** From now on the journal is what the manifest says, whenever the machine stops. */
  void write(Manifest manifest) throws IOException {
    DurableFile.replace(folder, manifestName(), manifest.text().getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes what a manifest's history names, and then writes the manifest without it. */
  Manifest forgetHistory(Manifest manifest) throws IOException {
    if (manifest.history().isEmpty()) {
      return manifest;
    }
    for (Manifest.Entry entry : manifest.history()) {
      Files.deleteIfExists(file(entry));
    }
    Manifest rest = new Manifest(manifest.base(), manifest.increments(), List.of());
    write(rest);
    return rest;
  }
}
