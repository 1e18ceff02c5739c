package io.slotcast.it.oracle;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Redis in a container, where Docker runs on this machine. */
record RedisContainer(GenericContainer<?> container) implements RedisServer {
  private static final DockerImageName IMAGE = DockerImageName.parse("redis:7.0.15");
  private static final int PORT = 6379;

  static Optional<String> missing() {
    return DockerClientFactory.instance().isDockerAvailable()
        ? Optional.empty()
        : Optional.of("there is no Docker");
  }

  static RedisContainer start() {
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withExposedPorts(PORT)
            .withCommand(
                "redis-server", "--cluster-enabled", "yes", "--save", "", "--protected-mode", "no");
    container.start();
    return new RedisContainer(container);
  }

  @Override
  public int port() {
    return container.getMappedPort(PORT);
  }

  @Override
  public String log() {
    return container.getLogs();
  }

  @Override
  public void close() {
    container.close();
  }
}
