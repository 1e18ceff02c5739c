package io.slotcast.broker.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A file of PEM blocks, text between them ignored (RFC 7468). */
final class PemFile {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private final String name;
  private final List<Block> blocks;

  private record Block(String label, byte[] content) {}

  private PemFile(String name, List<Block> blocks) {
    this.name = name;
    this.blocks = blocks;
  }

  /**
   * @param directive the directive that names the file, for errors
   */
  static PemFile read(String directive, Path file) throws TlsException {
    String name = directive + " " + file;
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new TlsException(name + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new TlsException(name + ": permission denied", e);
    } catch (IOException e) {
      throw new TlsException(name + " cannot be read: " + e.getMessage(), e);
    }
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), decode(name, matcher.group(2))));
    }
    return new PemFile(name, blocks);
  }

  private static byte[] decode(String name, String base64) throws TlsException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new TlsException(name + " is damaged: " + e.getMessage(), e);
    }
  }

  /** All certificates, in the order of the file; at least one. */
  List<X509Certificate> certificates() throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        if (block.label().equals("CERTIFICATE")) {
          certificates.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.content())));
        }
      }
    } catch (CertificateException e) {
      throw new TlsException(name + " holds a damaged certificate: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new TlsException(name + " holds no certificate in PEM");
    }
    return certificates;
  }

  /**
   * The first private key.
   *
   * @param algorithm that of the certificate which it belongs to
   * @param passPhrase empty for none
   */
  PrivateKey privateKey(String algorithm, String passPhrase) throws TlsException {
    for (Block block : blocks) {
      switch (block.label()) {
        case "PRIVATE KEY" -> {
          return key(algorithm, new PKCS8EncodedKeySpec(block.content()));
        }
        case "ENCRYPTED PRIVATE KEY" -> {
          return key(algorithm, decrypt(block.content(), passPhrase));
        }
        default -> {
          if (block.label().endsWith("PRIVATE KEY")) {
            throw new TlsException(
                name
                    + " holds an "
                    + block.label()
                    + ", PKCS #8 is needed: openssl pkcs8 -topk8 -nodes converts it");
          }
        }
      }
    }
    throw new TlsException(name + " holds no private key in PEM");
  }

  private PrivateKey key(String algorithm, PKCS8EncodedKeySpec encoded) throws TlsException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
    } catch (GeneralSecurityException e) {
      throw new TlsException(
          name + " holds no usable " + algorithm + " key, as tls-cert-file needs it", e);
    }
  }

  private PKCS8EncodedKeySpec decrypt(byte[] content, String passPhrase) throws TlsException {
    if (passPhrase.isEmpty()) {
      throw new TlsException(name + " is encrypted: tls-key-file-pass is needed");
    }
    PBEKeySpec secret = new PBEKeySpec(passPhrase.toCharArray());
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
      String scheme = encrypted.getAlgName();
      Cipher cipher = Cipher.getInstance(scheme);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(scheme).generateSecret(secret),
          encrypted.getAlgParameters());
      return encrypted.getKeySpec(cipher);
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsException(name + " cannot be decrypted with tls-key-file-pass", e);
    } finally {
      secret.clearPassword();
    }
  }
}
