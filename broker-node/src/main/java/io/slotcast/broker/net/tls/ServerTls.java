package io.slotcast.broker.net.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The certificate and rules by which new connections are encrypted; may be replaced while a node
 * runs. Safe from any thread.
 */
public final class ServerTls implements Supplier<SslContext> {
  private static final String CERTIFICATE_FILE = "tls-cert-file";
  private static final String KEY_FILE = "tls-key-file";
  private static final String AUTHORITIES_FILE = "tls-ca-cert-file";

  private volatile SslContext context;

  public ServerTls(TlsSettings settings) throws TlsException {
    context = contextOf(settings);
  }

  /** Reads all files again; connections that are open keep what they have. */
  public void reload(TlsSettings settings) throws TlsException {
    context = contextOf(settings);
  }

  @Override
  public SslContext get() {
    return context;
  }

  private static SslContext contextOf(TlsSettings settings) throws TlsException {
    List<X509Certificate> chain =
        PemFile.read(CERTIFICATE_FILE, settings.certificates()).certificates();
    PublicKey publicKey = chain.getFirst().getPublicKey();
    PrivateKey key =
        PemFile.read(KEY_FILE, settings.key())
            .privateKey(publicKey.getAlgorithm(), settings.keyPassPhrase());
    requirePair(key, publicKey, settings);
    SslContextBuilder builder =
        SslContextBuilder.forServer(key, chain)
            .sslProvider(SslProvider.JDK)
            .protocols(settings.protocols())
            .clientAuth(settings.clients());
    if (settings.authorities() != null) {
      builder.trustManager(PemFile.read(AUTHORITIES_FILE, settings.authorities()).certificates());
    } else if (settings.clients() != ClientAuth.NONE) {
      throw new TlsException(
          "tls-auth-clients needs " + AUTHORITIES_FILE + ", or no to let clients in without one");
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new TlsException("TLS cannot be had: " + e.getMessage(), e);
    }
  }

  /** Signs something, since a pair that does not match would fail only when a client comes. */
  private static void requirePair(PrivateKey key, PublicKey publicKey, TlsSettings settings)
      throws TlsException {
    String scheme = signatureScheme(publicKey);
    if (scheme == null) {
      return;
    }
    byte[] signed = publicKey.getEncoded();
    boolean isPair;
    try {
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key);
      signature.update(signed);
      byte[] proof = signature.sign();
      signature.initVerify(publicKey);
      signature.update(signed);
      isPair = signature.verify(proof);
    } catch (GeneralSecurityException e) {
      throw new TlsException(KEY_FILE + " " + settings.key() + ": " + e.getMessage(), e);
    }
    if (!isPair) {
      throw new TlsException(
          KEY_FILE + " " + settings.key() + " is not the key of " + settings.certificates());
    }
  }

  /** How a key signs; null where that depends on more than its kind. */
  private static @Nullable String signatureScheme(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA" -> "EdDSA";
      default -> null;
    };
  }
}
