package io.tailrace.sinks.testing;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A key and the certificate that it has signed itself, for {@code localhost}. */
public record OwnCertificate(String name, KeyStore keys) {

    private static final char[] PASSWORD = "of-this-test".toCharArray();

    /**
     * With the JDK's own tool, for its classes make no certificates.
     *
     * @param algorithm of the key, such as {@code EC}
     */
    public static OwnCertificate make(Path folder, String name, String algorithm) throws Exception {
        Path file = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", algorithm));
        command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=dns:localhost"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString()));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        return new OwnCertificate(name, KeyStore.getInstance(file.toFile(), PASSWORD));
    }

    public Certificate certificate() throws GeneralSecurityException {
        return keys.getCertificate(name);
    }

    public Key key() throws GeneralSecurityException {
        return keys.getKey(name, PASSWORD);
    }

    /** Of who shows it. */
    public KeyManager[] keyManagers() throws GeneralSecurityException {
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        return managers.getKeyManagers();
    }

    /** Of who trusts it, and no other. */
    public TrustManager[] trustManagers() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, certificate());
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers.getTrustManagers();
    }
}
