package io.tailrace.sinks.remotewrite;

import io.tailrace.sinks.metrics.MetricNaming;
import io.tailrace.sinks.metrics.RandomMetrics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that shows a certificate and wants one. */
class RemoteWriteTlsTest {

    private static final char[] PASSWORD = "of-this-test".toCharArray();

    @TempDir static Path folder;

    private static SSLContext server;
    private static Path serverCertificate;
    private static Path clientCertificate;
    private static Path clientKey;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyStore servers = keyStore("server", "EC");
        KeyStore clients = keyStore("client", "RSA");
        serverCertificate =
                pem("server.crt", "CERTIFICATE", servers.getCertificate("server").getEncoded());
        clientCertificate =
                pem("client.crt", "CERTIFICATE", clients.getCertificate("client").getEncoded());
        clientKey =
                pem("client.key", "PRIVATE KEY", clients.getKey("client", PASSWORD).getEncoded());

        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(servers, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("client", clients.getCertificate("client"));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        server = SSLContext.getInstance("TLS");
        server.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    /** With the JDK's own tool, for its classes make no certificates. */
    private static KeyStore keyStore(String name, String algorithm) throws Exception {
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
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    private static Path pem(String name, String kind, byte[] encoded) throws IOException {
        String text =
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(kind, Base64.getMimeEncoder().encodeToString(encoded));
        return Files.writeString(folder.resolve(name), text);
    }

    private static void send(TlsSettings tls) throws Exception {
        try (StrictReceiver receiver = new StrictReceiver(server)) {
            TestSettings settings =
                    new TestSettings(receiver.url())
                            .withTls(tls)
                            .withTimes(Duration.ofMillis(300), Duration.ofSeconds(5));
            try (RemoteWriteHarness writer =
                    new RemoteWriteHarness(settings.settings(), MetricNaming.OTEL)) {
                writer.write(
                        new RandomMetrics(1, false).sample(RandomMetrics.spans("a", "b"), 1, 2));
                writer.endInput();
            }
            assertThat(receiver.requests()).hasSize(1);
            assertThat(receiver.faults()).isEmpty();
        }
    }

    private static TlsSettings tls(Path authority, boolean certificate, boolean skip) {
        return new TlsSettings(
                authority == null ? null : authority.toString(),
                certificate ? clientCertificate.toString() : null,
                certificate ? clientKey.toString() : null,
                skip);
    }

    @Test
    void trustsTheAuthorityAndShowsItsCertificate() throws Exception {
        send(tls(serverCertificate, true, false));
    }

    @Test
    void sendsNothingToAServerThatItDoesNotTrust() {
        assertThatThrownBy(() -> send(tls(clientCertificate, true, false)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not take samples");
        assertThatThrownBy(() -> send(tls(null, true, false))).isInstanceOf(IOException.class);
    }

    @Test
    void isRefusedWithoutACertificate() {
        assertThatThrownBy(() -> send(tls(serverCertificate, false, false)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void trustsAnyoneOnlyWhereAsked() throws Exception {
        send(tls(null, true, true));
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
        assertThatThrownBy(() -> TlsContext.of(tls(folder.resolve("gone.pem"), false, false)))
                .hasMessageContaining("gone.pem");
        assertThatThrownBy(
                        () ->
                                TlsContext.of(
                                        new TlsSettings(
                                                null,
                                                clientCertificate.toString(),
                                                empty.toString(),
                                                false)))
                .hasMessageContaining("no private key of PKCS #8 in " + empty);
    }
}
