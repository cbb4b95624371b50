package io.tailrace.sinks.remotewrite;

import io.tailrace.sinks.metrics.MetricNaming;
import io.tailrace.sinks.metrics.RandomMetrics;
import io.tailrace.sinks.testing.OwnCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.net.ssl.SSLContext;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that shows a certificate and wants one. */
class RemoteWriteTlsTest {

    @TempDir static Path folder;

    private static SSLContext server;
    private static Path serverCertificate;
    private static Path clientCertificate;
    private static Path clientKey;

    @BeforeAll
    static void makeKeys() throws Exception {
        OwnCertificate servers = OwnCertificate.make(folder, "server", "EC");
        OwnCertificate clients = OwnCertificate.make(folder, "client", "RSA");
        serverCertificate = pem("server.crt", "CERTIFICATE", servers.certificate().getEncoded());
        clientCertificate = pem("client.crt", "CERTIFICATE", clients.certificate().getEncoded());
        clientKey = pem("client.key", "PRIVATE KEY", clients.key().getEncoded());
        server = SSLContext.getInstance("TLS");
        server.init(servers.keyManagers(), clients.trustManagers(), null);
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
