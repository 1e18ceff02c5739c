package io.slotcast.broker.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * A client without a mind of its own: it sends the bytes that it is given and reads what comes, so
 * that its user sees redirects, pushes and errors as they are. Nothing comes within {@link
 * #PATIENCE}: the read fails. For one thread; failures are {@link UncheckedIOException}s.
 */
public final class RespConnection implements AutoCloseable {
  /** How long a read waits unless told otherwise. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket;
  private final OutputStream out;
  private final RespReader reader;

  private RespConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    this.reader = new RespReader(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
  }

  /** Connects to a port of this machine. */
  public static RespConnection open(int port) {
    return open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public static RespConnection open(InetSocketAddress address) {
    return open(address, PATIENCE);
  }

  /**
   * As {@link #open(InetSocketAddress)}, for clients that wait no longer than this for anything.
   */
  public static RespConnection open(InetSocketAddress address, Duration patience) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, Math.toIntExact(patience.toMillis()));
      socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
      return new RespConnection(socket);
    } catch (IOException e) {
      closeQuietly(socket, e);
      throw new UncheckedIOException("no connection to " + address, e);
    }
  }

  private static void closeQuietly(Socket socket, IOException cause) {
    try {
      socket.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Reads fail after so long from now on. */
  public RespConnection patience(Duration duration) {
    try {
      socket.setSoTimeout(Math.toIntExact(duration.toMillis()));
      return this;
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- Sending ----

  /** Sends bytes as they are. */
  public void sendBytes(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command as an array of bulk strings, and reads nothing. */
  public void send(String... words) {
    sendBytes(encode(words));
  }

  /** As {@link #send(String...)}, for arguments that are no text. */
  public void send(byte[]... words) {
    sendBytes(encode(words));
  }

  /** A command in its wire form. */
  public static byte[] encode(String... words) {
    byte[][] bytes =
        Arrays.stream(words)
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return encode(bytes);
  }

  /** A command in its wire form. */
  public static byte[] encode(byte[]... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (byte[] word : words) {
      bytes.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      bytes.writeBytes(word);
      bytes.write('\r');
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  // ---- Reading ----

  /** The next reply, delivery or push. */
  public RespValue read() {
    try {
      return reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "after the bytes " + new String(reader.lastBytes(), StandardCharsets.ISO_8859_1), e);
    }
  }

  /** As {@link #read()}, but the bytes as they came. */
  public byte[] readRaw() {
    read();
    return reader.lastBytes();
  }

  /** Sends a command and reads the next reply. */
  public RespValue call(String... words) {
    send(words);
    return read();
  }

  /** As {@link #call(String...)}, for arguments that are no text. */
  public RespValue call(byte[]... words) {
    send(words);
    return read();
  }

  /**
   * Waits until the server has closed the connection, and drops what comes before.
   *
   * @return whether it did so within the connection's patience
   */
  public boolean isClosedByServer() {
    try {
      while (true) {
        reader.read();
      }
    } catch (EOFException | SocketException closed) {
      return true;
    } catch (IOException stillOpen) {
      return false;
    }
  }

  /** Sends no more, and lets the server know. */
  public void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port of this end: what CLIENT LIST shows in {@code addr}. */
  public int localPort() {
    return socket.getLocalPort();
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
