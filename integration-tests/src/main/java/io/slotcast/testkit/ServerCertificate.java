package io.slotcast.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for 127.0.0.1 that is its own authority, with its key, made by the JDK's keytool.
 *
 * @param certificate PEM, which clients are to trust
 * @param key PEM, PKCS #8
 * @param truststore PKCS #12 of the certificate alone
 */
public record ServerCertificate(Path certificate, Path key, Path truststore) {
  /** Of {@link #truststore}. */
  public static final String STORE_PASSWORD = "changeit";

  private static final String ALIAS = "server";

  /**
   * @param folder gets the files
   * @throws IOException if keytool fails; has what it said
   */
  public static ServerCertificate in(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = folder.resolve("server.p12");
    generate(file);
    char[] password = STORE_PASSWORD.toCharArray();
    KeyStore made = KeyStore.getInstance(file.toFile(), password);
    Certificate certificate = made.getCertificate(ALIAS);
    return new ServerCertificate(
        write(folder.resolve("server.crt"), "CERTIFICATE", certificate.getEncoded()),
        write(
            folder.resolve("server.key"), "PRIVATE KEY", made.getKey(ALIAS, password).getEncoded()),
        truststore(folder.resolve("trusted.p12"), certificate));
  }

  private static Path truststore(Path file, Certificate certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(ALIAS, certificate);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, STORE_PASSWORD.toCharArray());
    }
    return file;
  }

  private static void generate(Path file) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    ALIAS,
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "SAN=ip:127.0.0.1",
                    "-ext",
                    "bc:c",
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    STORE_PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private static Path write(Path file, String label, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n");
  }
}
