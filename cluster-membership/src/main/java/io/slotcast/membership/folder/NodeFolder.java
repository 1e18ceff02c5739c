package io.slotcast.membership.folder;

import io.slotcast.router.NodeId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's data folder, as far as membership uses it, held exclusively from {@link #open} to {@link
 * #close()}:
 *
 * <ul>
 *   <li>{@code node.lock}: locked while a node runs; its text says which process that is
 *   <li>{@code register}: the node's name and what it must remember as a voter, replaced whole at
 *       each change
 *   <li>{@code node-id}: the name once more, for people and scripts
 * </ul>
 *
 * <p>Both files are there or neither: a name without its memory would be a voter that forgot what
 * it promised. The first {@link #save} makes them, {@code register} first.
 *
 * <p>Owned by one thread after {@link #open}.
 */
public final class NodeFolder implements NodeStorage {
  private static final int ID_LENGTH = 40;

  private static final String ID_FILE = "node-id";

  private final Path folder;
  private volatile NodeId id;
  private final ChecksummedFile register;
  private final Path idFile;
  private final FileChannel lockChannel;
  private byte @Nullable [] loaded;

  private NodeFolder(Path folder, FileChannel lockChannel, Supplier<NodeId> newId)
      throws IOException {
    this.folder = folder;
    this.lockChannel = lockChannel;
    register = new ChecksummedFile(folder, "register");
    idFile = folder.resolve(ID_FILE);
    byte[] kept = register.read();
    NodeId shown = shownId();
    if (kept != null) {
      id = keptId(kept);
      loaded = Arrays.copyOfRange(kept, ID_LENGTH, kept.length);
      if (shown == null) {
        showId();
      } else if (!shown.equals(id)) {
        throw new FolderCorruptException(idFile, "its id is not that of the register beside it");
      }
    } else if (shown != null) {
      throw new FolderCorruptException(
          folder.resolve("register"), "it is missing, though there is a node-id");
    } else {
      id = newId.get();
    }
  }

  /**
   * Takes the folder, which is made if it is not there.
   *
   * @param newId the name to take if the folder has none yet
   * @throws FolderHeldException if a node of this or another process has it
   * @throws FolderCorruptException if what it holds is not what a node wrote
   */
  public static NodeFolder open(Path folder, Supplier<NodeId> newId) throws IOException {
    Files.createDirectories(folder);
    FileChannel lockChannel = lock(folder);
    try {
      return new NodeFolder(folder, lockChannel, newId);
    } catch (IOException | RuntimeException e) {
      lockChannel.close();
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve("node.lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      throw new FolderHeldException(folder, holder(file));
    }
    channel.truncate(0);
    DurableFile.write(
        channel, ("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8));
    return channel;
  }

  private static String holder(Path lockFile) throws IOException {
    String holder = Files.readString(lockFile).strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  private @Nullable NodeId shownId() throws IOException {
    try {
      return new NodeId(Files.readString(idFile, StandardCharsets.ISO_8859_1).strip());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IllegalArgumentException e) {
      throw new FolderCorruptException(idFile, "it holds no node id");
    }
  }

  private NodeId keptId(byte[] kept) throws IOException {
    try {
      int length = Math.min(ID_LENGTH, kept.length);
      return new NodeId(new String(kept, 0, length, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw new FolderCorruptException(register.file(), "it holds no node id");
    }
  }

  private void showId() throws IOException {
    DurableFile.replace(folder, ID_FILE, (id.hex() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public NodeId id() {
    return id;
  }

  @Override
  public byte @Nullable [] load() {
    return loaded;
  }

  @Override
  public void save(byte[] state) throws IOException {
    byte[] kept =
        Arrays.copyOf(id.hex().getBytes(StandardCharsets.US_ASCII), ID_LENGTH + state.length);
    System.arraycopy(state, 0, kept, ID_LENGTH, state.length);
    register.write(kept);
    if (loaded == null) {
      showId();
    }
    loaded = state;
  }

  /** The name for people goes first: without it, the one beside the memory counts. */
  @Override
  public void rename(NodeId name, byte[] state) throws IOException {
    Files.deleteIfExists(idFile);
    DurableFile.syncFolder(folder);
    id = name;
    loaded = null;
    save(state);
  }

  /** Gives the folder up; the lock file stays, for removing it would race with the next holder. */
  @Override
  public void close() throws IOException {
    lockChannel.close();
  }
}
