package io.slotcast.broker.net.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of an authority of their own, made by the JDK's keytool: {@code server} (EC) and
 * {@code renewed} (RSA) for servers on 127.0.0.1, {@code client}, and {@code stranger}, which no
 * authority has signed.
 */
public final class TestCertificates {
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();
  private static final String FOR_LOOPBACK = "SAN=ip:127.0.0.1,dns:localhost";
  private static final KeyStore MADE = make();
  private static final byte[] PBES2 = HexFormat.of().parseHex("06092a864886f70d01050d");
  private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_256";

  private final Path folder;
  private final KeyStore store;

  private TestCertificates(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  /** The certificates, with their files in {@code folder}; made once in this process. */
  public static TestCertificates in(Path folder) {
    return new TestCertificates(folder, MADE);
  }

  private static KeyStore make() {
    try {
      Path folder = Files.createTempDirectory("slotcast-test");
      Path file = folder.resolve("test.p12");
      generate(file, "ca", "EC", "-ext", "bc:c");
      generate(file, "server", "EC", "-signer", "ca", "-ext", FOR_LOOPBACK);
      generate(file, "renewed", "RSA", "-signer", "ca", "-ext", FOR_LOOPBACK);
      generate(file, "client", "EC", "-signer", "ca");
      generate(file, "stranger", "EC");
      KeyStore store = KeyStore.getInstance(file.toFile(), STORE_PASSWORD);
      Files.delete(file);
      Files.delete(folder);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void generate(Path store, String alias, String algorithm, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", algorithm));
    command.addAll(List.of("-dname", "CN=" + alias, "-validity", "30"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", new String(STORE_PASSWORD)));
    command.addAll(Arrays.asList(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The authority's certificate, as a PEM file. */
  public Path authority() {
    return write("ca.crt", pem("CERTIFICATE", encoded(certificates("ca")[0])));
  }

  /** A certificate with its chain, as a PEM file. */
  public Path certificate(String alias) {
    StringBuilder chain = new StringBuilder();
    for (Certificate certificate : certificates(alias)) {
      chain.append("subject: of no interest\n").append(pem("CERTIFICATE", encoded(certificate)));
    }
    return write(alias + ".crt", chain.toString());
  }

  /** A key in the clear, as a PEM file. */
  public Path key(String alias) {
    return write(alias + ".key", pem("PRIVATE KEY", privateKey(alias).getEncoded()));
  }

  /** An encrypted key, as a PEM file. */
  public Path encryptedKey(String alias, String passPhrase) {
    try {
      Cipher cipher = Cipher.getInstance(ENCRYPTION);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(ENCRYPTION)
              .generateSecret(new PBEKeySpec(passPhrase.toCharArray())));
      // RFC 5958; Java's EncryptedPrivateKeyInfo reads this scheme but does not write it.
      byte[] scheme = der(0x30, PBES2, cipher.getParameters().getEncoded());
      byte[] encrypted = der(0x04, cipher.doFinal(privateKey(alias).getEncoded()));
      return write(
          alias + ".encrypted.key", pem("ENCRYPTED PRIVATE KEY", der(0x30, scheme, encrypted)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    out.write(tag);
    out.write(0x82);
    out.write(length >>> 8);
    out.write(length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /**
   * What a client needs that trusts the authority.
   *
   * @param alias whose certificate it shows; null for none
   */
  public SSLContext client(@Nullable String alias) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", certificates("ca")[0]);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      KeyManager[] keys = alias == null ? new KeyManager[0] : new KeyManager[] {shown(alias)};
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Shown shown(String alias) {
    X509Certificate[] chain =
        Arrays.stream(certificates(alias))
            .map(X509Certificate.class::cast)
            .toArray(X509Certificate[]::new);
    return new Shown(alias, (PrivateKey) privateKey(alias), chain);
  }

  /** A client's certificate, which it shows whether or not the server would know its issuer. */
  private static final class Shown extends X509ExtendedKeyManager {
    private final String alias;
    private final PrivateKey key;
    private final X509Certificate[] chain;

    Shown(String alias, PrivateKey key, X509Certificate[] chain) {
      this.alias = alias;
      this.key = key;
      this.chain = chain;
    }

    @Override
    public String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return alias;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
      return new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String ignored) {
      return chain;
    }

    @Override
    public PrivateKey getPrivateKey(String ignored) {
      return key;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }

  private Certificate[] certificates(String alias) {
    try {
      return store.getCertificateChain(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Key privateKey(String alias) {
    try {
      return store.getKey(alias, STORE_PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pem(String label, byte[] content) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
