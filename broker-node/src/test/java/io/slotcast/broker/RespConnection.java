package io.slotcast.broker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A connection that shows the bytes: each reply is read whole and returned as it came, in ISO
 * 8859-1. Reads give up after ten seconds.
 */
public final class RespConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  private RespConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects to a server on this machine. */
  public static RespConnection to(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return new RespConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Speaks over a socket that is connected already, and closes it. */
  public static RespConnection over(Socket socket) {
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return new RespConnection(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int localPort() {
    return socket.getLocalPort();
  }

  /** Sends a command as an array of bulk strings. */
  public RespConnection send(String... arguments) {
    StringBuilder request = new StringBuilder();
    request.append('*').append(arguments.length).append("\r\n");
    for (String argument : arguments) {
      request.append('$').append(argument.length()).append("\r\n").append(argument).append("\r\n");
    }
    return sendRaw(request.toString());
  }

  /** Sends bytes as they are. */
  public RespConnection sendRaw(String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends no more, and lets the server know, unless it has ended the connection already. */
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (SocketException closedByServer) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command and reads one reply, which is returned as it came. */
  public String call(String... arguments) {
    return send(arguments).read();
  }

  /** A command line without quotes; see {@link #call}. */
  public String line(String command) {
    return call(command.split(" ", -1));
  }

  /** Sends a command whose reply is a string of whatever kind; returns the text in it. */
  public String text(String... arguments) {
    return Reply.parse(call(arguments)).text();
  }

  /** Sends a command and reads one reply. */
  public Reply reply(String... arguments) {
    return Reply.parse(call(arguments));
  }

  /** Sends a command whose reply is a list of strings. */
  public List<String> texts(String... arguments) {
    return reply(arguments).elements().stream().map(Reply::text).toList();
  }

  /** Reads one reply or push, whatever is nested in it. */
  public String read() {
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    try {
      readInto(reply);
    } catch (IOException e) {
      throw new UncheckedIOException("after " + reply.toString(StandardCharsets.ISO_8859_1), e);
    }
    return reply.toString(StandardCharsets.ISO_8859_1);
  }

  private void readInto(ByteArrayOutputStream reply) throws IOException {
    String line = readLine(reply);
    char type = line.charAt(0);
    switch (type) {
      case '$', '=', '!' -> {
        int length = Integer.parseInt(line, 1, line.length(), 10);
        if (length >= 0) {
          reply.write(in.readNBytes(length + 2));
        }
      }
      case '*', '~', '>', '%' -> {
        int elements = Integer.parseInt(line, 1, line.length(), 10) * (type == '%' ? 2 : 1);
        for (int i = 0; i < elements; i++) {
          readInto(reply);
        }
      }
      case '+', '-', ':', '_', '#', ',', '(' -> {}
      default -> throw new IOException("not a reply: " + line);
    }
  }

  private String readLine(ByteArrayOutputStream reply) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed by the server");
      }
      reply.write(b);
      if (b == '\n') {
        line.setLength(line.length() - 1);
        return line.toString();
      }
      line.append((char) b);
    }
  }

  /** All bytes up to and with {@code end}, or up to the end of the connection. */
  public String readUntil(String end) {
    StringBuilder bytes = new StringBuilder();
    try {
      while (bytes.indexOf(end, Math.max(bytes.length() - end.length(), 0)) < 0) {
        int b = in.read();
        if (b < 0) {
          return bytes + "<closed>";
        }
        bytes.append((char) b);
      }
      return bytes.toString();
    } catch (SocketException reset) {
      return bytes + "<closed>";
    } catch (IOException e) {
      throw new UncheckedIOException("after " + bytes, e);
    }
  }

  /** Whether something has arrived that was not read. */
  public boolean hasInput() {
    try {
      return in.available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server closes the connection without another byte. */
  public boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
