package io.slotcast.broker.config;

import static io.slotcast.broker.config.Directives.ADMIN_PORT;
import static io.slotcast.broker.config.Directives.CLUSTER_INITIAL_NODES;
import static io.slotcast.broker.config.Directives.CLUSTER_PORT;
import static io.slotcast.broker.config.Directives.CLUSTER_SECRET;
import static io.slotcast.broker.config.Directives.CLUSTER_SEEDS;
import static io.slotcast.broker.config.Directives.PORT;
import static io.slotcast.broker.config.Directives.REQUIREPASS;
import static io.slotcast.broker.config.Directives.TLS_CERT_FILE;
import static io.slotcast.broker.config.Directives.TLS_KEY_FILE;
import static io.slotcast.broker.config.Directives.TLS_PORT;

import java.util.LinkedHashMap;
import java.util.Map;

/** What must hold between directives. */
final class ConfigCheck {
  private static final int MAX_PORT = 65_535;

  private final DirectiveValues values;

  ConfigCheck(DirectiveValues values) {
    this.values = values;
  }

  /**
   * @throws InvalidValueException whose message names the directives at odds
   */
  void run() throws InvalidValueException {
    ports();
    tls();
    secret();
    ProtectedMode.check(values);
  }

  private void ports() throws InvalidValueException {
    if (values.get(PORT) == 0 && values.get(TLS_PORT) == 0) {
      throw new InvalidValueException("port and tls-port are both 0, so no client could connect");
    }
    if (values.get(PORT) == 0 && hasSeveralNodes()) {
      throw new InvalidValueException(
          "port 0 is for a node alone: the nodes of a cluster link to each other's port");
    }
    var users = new LinkedHashMap<Integer, String>();
    use(users, "port", values.get(PORT));
    use(users, "tls-port", values.get(TLS_PORT));
    use(users, "cluster-port", NodePorts.bus(values));
    use(users, "admin-port", NodePorts.admin(values));
  }

  private void use(Map<Integer, String> users, String name, int port) throws InvalidValueException {
    if (port > MAX_PORT) {
      boolean isBus = name.equals(CLUSTER_PORT.name());
      throw new InvalidValueException(
          (isBus ? CLUSTER_PORT : ADMIN_PORT).name()
              + " would be "
              + port
              + ", past 65535: give it, or a lower client port");
    }
    String other = port == 0 ? null : users.put(port, name);
    if (other != null) {
      throw new InvalidValueException(other + " and " + name + " are both " + port);
    }
  }

  private void tls() throws InvalidValueException {
    boolean complete = !values.get(TLS_CERT_FILE).isEmpty() && !values.get(TLS_KEY_FILE).isEmpty();
    if (values.get(TLS_PORT) != 0 && !complete) {
      throw new InvalidValueException("tls-port needs tls-cert-file and tls-key-file");
    }
  }

  private void secret() throws InvalidValueException {
    // A node alone, too: others could join it by its bus port, and read what a password guards.
    if (!values.get(REQUIREPASS).isEmpty() && values.get(CLUSTER_SECRET).isEmpty()) {
      throw new InvalidValueException(
          "requirepass needs cluster-secret, the same on each node of the cluster");
    }
  }

  private boolean hasSeveralNodes() {
    return !values.get(CLUSTER_SEEDS).isEmpty() || values.get(CLUSTER_INITIAL_NODES) > 1;
  }
}
