package io.slotcast.membership.folder;

import io.slotcast.router.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;

/** A process that takes a data folder, says {@code +}, and keeps it until it is killed. */
final class FolderHolder {
  private FolderHolder() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    SecureRandom random = new SecureRandom();
    try (NodeFolder held = NodeFolder.open(Path.of(arguments[0]), () -> NodeId.random(random))) {
      System.out.write('+');
      System.out.flush();
      new CountDownLatch(1).await();
      held.save(new byte[0]);
    }
  }
}
