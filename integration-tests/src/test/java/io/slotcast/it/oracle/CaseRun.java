package io.slotcast.it.oracle;

import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.it.oracle.Step.Servers;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plays one case to one server. */
final class CaseRun implements AutoCloseable {
  private static final byte[] RESET = "+RESET\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String UNKNOWN = "?";

  private final Servers server;
  private final int port;
  private final int protocol;
  private final Map<Character, RespConnection> connections = new LinkedHashMap<>();
  private final List<String> found = new ArrayList<>();

  /**
   * @param protocol 2 or 3
   */
  CaseRun(Servers server, int port, int protocol) {
    this.server = server;
    this.port = port;
    this.protocol = protocol;
  }

  /** Plays it; fails at the first line that is not answered as expected. */
  void play(Case played) {
    for (Step step : played.steps()) {
      switch (step) {
        case Step.Send send -> connection(send).sendBytes(send.bytes());
        case Step.Expect expect -> {
          if (expect.servers().include(server)) {
            check(expect);
          }
        }
        case Step.ExpectClosed closed -> {
          if (closed.servers().include(server)) {
            checkClosed(closed);
          }
        }
        case Step.AwaitBlocked blocked -> awaitBlocked(blocked);
        case Step.Close close -> close(close.connection());
      }
    }
    connections.forEach(this::checkNothingLeft);
    if (!found.isEmpty()) {
      throw new AssertionError(server + " answered:\n" + String.join("\n", found));
    }
  }

  private RespConnection connection(Step step) {
    return connections.computeIfAbsent(step.connection(), letter -> open());
  }

  private RespConnection open() {
    RespConnection connection = RespConnection.open(port);
    if (protocol == 3) {
      connection.call("HELLO", "3");
    }
    return connection;
  }

  private void check(Step.Expect expect) {
    byte[] reply;
    try {
      reply = connection(expect).readRaw();
    } catch (UncheckedIOException e) {
      throw new AssertionError(
          "line " + expect.line() + ": " + server + " answered nothing: " + e.getMessage(), e);
    }
    if (expect.reply().equals(UNKNOWN)) {
      found.add(expect.line() + "\t" + Notation.show(reply));
      return;
    }
    String wanted = expect.in(protocol);
    Pattern pattern = Notation.expectation(wanted);
    if (!pattern.matcher(new String(reply, StandardCharsets.ISO_8859_1)).matches()) {
      throw new AssertionError(
          "line %d: %s answered\n  %s\nwhere this was expected:\n  %s"
              .formatted(expect.line(), server, Notation.show(reply), wanted));
    }
  }

  private void awaitBlocked(Step.AwaitBlocked blocked) {
    String wanted = "blocked_clients:" + blocked.clients() + "\r\n";
    RespConnection connection = connection(blocked);
    await()
        .alias("line " + blocked.line())
        .until(() -> connection.call("INFO", "clients").text().contains(wanted));
  }

  private void checkClosed(Step.ExpectClosed closed) {
    RespConnection connection = connection(closed);
    try {
      byte[] more = connection.readRaw();
      throw new AssertionError(
          "line "
              + closed.line()
              + ": "
              + server
              + " did not close, but answered\n  "
              + Notation.show(more));
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof EOFException || e.getCause() instanceof SocketException)) {
        throw new AssertionError("line " + closed.line() + ": " + server + " did not close", e);
      }
    }
    close(closed.connection());
  }

  /** RESET works in every state, and its reply must be the next thing that comes. */
  private void checkNothingLeft(char letter, RespConnection connection) {
    connection.send("RESET");
    byte[] next = connection.readRaw();
    if (!Arrays.equals(next, RESET)) {
      throw new AssertionError(
          server + " sent more to " + letter + " than was expected:\n  " + Notation.show(next));
    }
  }

  private void close(char letter) {
    RespConnection connection = connections.remove(letter);
    if (connection != null) {
      connection.close();
    }
  }

  @Override
  public void close() {
    connections.values().forEach(RespConnection::close);
  }
}
