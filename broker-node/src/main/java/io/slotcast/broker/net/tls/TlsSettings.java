package io.slotcast.broker.net.tls;

import io.netty.handler.ssl.ClientAuth;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What TLS on the client port is to be made of.
 *
 * @param certificates the server's certificate and its chain, PEM
 * @param key the certificate's key, PEM in the form of PKCS #8
 * @param keyPassPhrase of the key file; empty if it is not encrypted
 * @param authorities certificates, PEM, that clients' certificates are checked against; null for
 *     none
 * @param clients whether clients show a certificate
 * @param protocols versions by their Java names; empty for TLS 1.2 and 1.3
 */
public record TlsSettings(
    Path certificates,
    Path key,
    String keyPassPhrase,
    @Nullable Path authorities,
    ClientAuth clients,
    List<String> protocols) {
  private static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  public TlsSettings {
    protocols = protocols.isEmpty() ? DEFAULT_PROTOCOLS : List.copyOf(protocols);
  }

  /** Never shows the pass phrase. */
  @Override
  public String toString() {
    return "TlsSettings[" + certificates + ", " + key + "]";
  }
}
