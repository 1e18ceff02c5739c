package io.slotcast.broker.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes TLS, and the one line that is said where it does not. */
class ServerTlsTest {
  @TempDir private static Path folder;

  private static TestCertificates certificates;

  @BeforeAll
  static void make() {
    certificates = TestCertificates.in(folder);
  }

  private static TlsSettings settings(Path certificate, Path key, String passPhrase) {
    return settings(certificate, key, passPhrase, null, ClientAuth.NONE);
  }

  private static TlsSettings settings(
      Path certificate,
      Path key,
      String passPhrase,
      @Nullable Path authorities,
      ClientAuth clients) {
    return new TlsSettings(certificate, key, passPhrase, authorities, clients, List.of());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      TlsSettings settings) {
    return assertThatThrownBy(() -> new ServerTls(settings)).isInstanceOf(TlsException.class);
  }

  @Test
  void aCertificateAndItsKeyMakeTls() throws TlsException {
    for (String alias : List.of("server", "renewed", "stranger")) {
      ServerTls tls =
          new ServerTls(settings(certificates.certificate(alias), certificates.key(alias), ""));
      assertThat(tls.get().isServer()).isTrue();
    }
  }

  @Test
  void anEncryptedKeyNeedsItsPassPhrase() throws TlsException {
    Path certificate = certificates.certificate("server");
    Path key = certificates.encryptedKey("server", "open sesame");
    assertThat(new ServerTls(settings(certificate, key, "open sesame")).get()).isNotNull();
    assertRefused(settings(certificate, key, ""))
        .hasMessage("tls-key-file " + key + " is encrypted: tls-key-file-pass is needed");
    assertRefused(settings(certificate, key, "open barley"))
        .hasMessage("tls-key-file " + key + " cannot be decrypted with tls-key-file-pass");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.pem");
    assertRefused(settings(missing, certificates.key("server"), ""))
        .hasMessage("tls-cert-file " + missing + ": no such file");
    assertRefused(settings(certificates.certificate("server"), missing, ""))
        .hasMessage("tls-key-file " + missing + ": no such file");
    assertRefused(
            settings(
                certificates.certificate("server"),
                certificates.key("server"),
                "",
                missing,
                ClientAuth.REQUIRE))
        .hasMessage("tls-ca-cert-file " + missing + ": no such file");
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws IOException {
    Path key = certificates.key("server");
    Path certificate = certificates.certificate("server");
    assertRefused(settings(key, key, ""))
        .hasMessage("tls-cert-file " + key + " holds no certificate in PEM");
    assertRefused(settings(certificate, certificate, ""))
        .hasMessage("tls-key-file " + certificate + " holds no private key in PEM");
    Path damaged =
        Files.writeString(
            folder.resolve("damaged.pem"), TestCertificates.pem("CERTIFICATE", new byte[300]));
    assertRefused(settings(damaged, key, ""))
        .hasMessageStartingWith("tls-cert-file " + damaged + " holds a damaged certificate: ");
    assertRefused(settings(folder, key, ""))
        .hasMessageStartingWith("tls-cert-file " + folder + " cannot be read: ");
  }

  @Test
  void aKeyInAnOlderFormIsNamedWithWhatConvertsIt() throws IOException {
    Path old =
        Files.writeString(
            folder.resolve("old.pem"), TestCertificates.pem("RSA PRIVATE KEY", new byte[300]));
    assertRefused(settings(certificates.certificate("renewed"), old, ""))
        .hasMessage(
            "tls-key-file "
                + old
                + " holds an RSA PRIVATE KEY, PKCS #8 is needed:"
                + " openssl pkcs8 -topk8 -nodes converts it");
  }

  @Test
  void anotherCertificatesKeyIsRefused() {
    Path certificate = certificates.certificate("server");
    Path sameKind = certificates.key("client");
    assertRefused(settings(certificate, sameKind, ""))
        .hasMessage("tls-key-file " + sameKind + " is not the key of " + certificate);
    Path otherKind = certificates.key("renewed");
    assertRefused(settings(certificate, otherKind, ""))
        .hasMessage(
            "tls-key-file " + otherKind + " holds no usable EC key, as tls-cert-file needs it");
  }

  @Test
  void checkingClientsNeedsAnAuthority() {
    assertRefused(
            settings(
                certificates.certificate("server"),
                certificates.key("server"),
                "",
                null,
                ClientAuth.REQUIRE))
        .hasMessage("tls-auth-clients needs tls-ca-cert-file, or no to let clients in without one");
  }

  @Test
  void aReloadThatFailsKeepsWhatWas() throws TlsException {
    ServerTls tls =
        new ServerTls(settings(certificates.certificate("server"), certificates.key("server"), ""));
    SslContext before = tls.get();
    assertThatThrownBy(
            () ->
                tls.reload(
                    settings(certificates.certificate("server"), certificates.key("client"), "")))
        .isInstanceOf(TlsException.class);
    assertThat(tls.get()).isSameAs(before);
    tls.reload(settings(certificates.certificate("renewed"), certificates.key("renewed"), ""));
    assertThat(tls.get()).isNotSameAs(before);
  }

  @Test
  void settingsNeverShowThePassPhrase() {
    assertThat(settings(folder, folder, "open sesame").toString()).doesNotContain("sesame");
  }
}
