package io.slotcast.broker.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port: {@code /metrics}, {@code /health/live} and {@code /health/ready} for GET and
 * HEAD. It runs on virtual threads, away from the event loops, and reads no request body.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
  private static final int BACKLOG = 16;
  private static final int USUAL_LENGTH = 32 * 1024;
  private static final String JSON = "application/json";
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final NodeMetrics metrics;
  private final Readiness readiness;

  private record Answer(int status, String contentType, byte[] body) {
    static Answer json(int status, String body) {
      return new Answer(status, JSON, (body + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private AdminServer(HttpServer server, NodeMetrics metrics, Readiness readiness) {
    this.server = server;
    this.metrics = metrics;
    this.readiness = readiness;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Listens.
   *
   * @throws IOException if the address cannot be had
   */
  public static AdminServer open(InetSocketAddress address, ObservedNode node, Readiness readiness)
      throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    AdminServer admin = new AdminServer(server, new NodeMetrics(node), readiness);
    server.start();
    return admin;
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      send(exchange, answer(exchange));
    } catch (IOException e) {
      log.debug("An admin request was not answered: {}", e.getMessage());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      return switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> ifRead(exchange, () -> metrics(exchange));
        case "/health/live" -> ifRead(exchange, () -> Answer.json(200, "{\"status\":\"live\"}"));
        case "/health/ready" -> ifRead(exchange, this::ready);
        case null, default -> Answer.json(404, "{\"error\":\"not found\"}");
      };
    } catch (RuntimeException bug) {
      log.error("Answering {} failed", exchange.getRequestURI(), bug);
      return Answer.json(500, "{\"error\":\"internal error, see the log\"}");
    }
  }

  private interface Content {
    Answer get() throws IOException;
  }

  private static Answer ifRead(HttpExchange exchange, Content content) throws IOException {
    if (METHODS.contains(exchange.getRequestMethod())) {
      return content.get();
    }
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    return Answer.json(405, "{\"error\":\"method not allowed\"}");
  }

  private Answer metrics(HttpExchange exchange) throws IOException {
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    boolean openMetrics = accept != null && accept.contains("application/openmetrics-text");
    String contentType = openMetrics ? NodeMetrics.OPEN_METRICS : NodeMetrics.TEXT;
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_LENGTH);
    metrics.scrape(body, contentType);
    return new Answer(200, contentType, body.toByteArray());
  }

  private Answer ready() {
    List<String> obstacles = readiness.obstacles();
    if (obstacles.isEmpty()) {
      return Answer.json(200, "{\"status\":\"ready\"}");
    }
    // They are this program's own words and node ids: nothing in them is to be escaped.
    String reasons =
        obstacles.stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(","));
    return Answer.json(503, "{\"status\":\"not ready\",\"reasons\":[" + reasons + "]}");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.body().length));
      exchange.sendResponseHeaders(answer.status(), -1);
    } else {
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** Where it listens: tells the port where 0 was asked for. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    metrics.close();
  }
}
