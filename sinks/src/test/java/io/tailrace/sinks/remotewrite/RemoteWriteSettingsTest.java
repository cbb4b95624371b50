package io.tailrace.sinks.remotewrite;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Which settings are refused, at which key. */
class RemoteWriteSettingsTest {

    private static final TestSettings GOOD =
            new TestSettings("https://127.0.0.1:9090/api/v1/write");
    private static final TlsSettings TLS = new TlsSettings(null, null, null, false);

    private static List<String> wrong(RemoteWriteSettings settings) {
        List<String> keys = new ArrayList<>();
        settings.check((key, expected) -> keys.add(key));
        return keys;
    }

    private static List<String> wrong(TestSettings settings) {
        return wrong(settings.settings());
    }

    @Test
    void takesWhatIsGood() {
        assertThat(wrong(GOOD)).isEmpty();
        assertThat(wrong(GOOD.withTls(TLS))).isEmpty();
        assertThat(wrong(GOOD.withBearerToken("t"))).isEmpty();
        assertThat(wrong(GOOD.withBasicAuth("me", "p"))).isEmpty();
        assertThat(wrong(GOOD.withHeaders(Map.of("X-Scope-OrgID", "shop")))).isEmpty();
        assertThat(wrong(GOOD.withHeaders(Map.of("Authorization", "Custom x")))).isEmpty();
        assertThat(wrong(GOOD.withExternalLabels(Map.of("cluster", "eu")))).isEmpty();
    }

    @Test
    void takesOnlyAddressesOfTheWeb() {
        for (String url :
                List.of("127.0.0.1:9090", "ftp://a/b", "http:///write", "http://a b/", "")) {
            assertThat(wrong(new TestSettings(url))).as(url).containsExactly("url");
        }
        assertThat(wrong(new TestSettings("http://a/write").withTls(TLS))).containsExactly("tls");
    }

    /** What is told at no key is told without the value. */
    @Test
    void aPasswordInTheUrlIsNotTold() {
        for (String url : List.of("http://me:sesame@a/write", "http://me:ses ame@a/")) {
            assertThat(wrong(new TestSettings(url))).as(url).containsExactly("");
        }
    }

    @Test
    void wantsOneAuthorization() {
        RemoteWriteSettings basic = GOOD.withBasicAuth("me", "p").settings();
        assertThat(wrong(GOOD.withBasicAuth("me", "p").withHeaders(Map.of("authorization", "x"))))
                .containsExactly("headers.authorization");
        TestSettings both =
                new TestSettings(
                        GOOD.url(),
                        "token",
                        basic.basicAuth(),
                        Map.of(),
                        null,
                        Map.of(),
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));
        assertThat(wrong(both)).containsExactly("basic_auth");
    }

    @Test
    void takesNoHeadersOfTheProtocolAndNoLabelsOfItsOwn() {
        for (String header : List.of("Content-Type", "user-agent", "Host", "X Y", "")) {
            assertThat(wrong(GOOD.withHeaders(Map.of(header, "x"))))
                    .containsExactly("headers." + header);
        }
        for (String label : List.of("le", "app_name", "__name__", "1st", "a-b", "")) {
            assertThat(wrong(GOOD.withExternalLabels(Map.of(label, "x"))))
                    .containsExactly("external_labels." + label);
        }
    }

    @Test
    void wantsBothFilesOfAClientsCertificate() {
        List<String> keys = new ArrayList<>();
        new TlsSettings(null, "a.crt", null, false).check((key, expected) -> keys.add(key));
        new TlsSettings(null, null, "a.key", false).check((key, expected) -> keys.add(key));
        new TlsSettings("ca.crt", null, null, true).check((key, expected) -> keys.add(key));
        assertThat(keys).containsExactly("key_file", "cert_file", "ca_file");
    }

    @Test
    void areWrittenWithoutSecrets() {
        TestSettings secret =
                new TestSettings("http://a/write?key=sesame")
                        .withHeaders(Map.of("X-Key", "sesame"))
                        .withBasicAuth("me", "sesame");
        assertThat(secret.settings()).hasToString("RemoteWriteSettings[url=http://a/write]");
        assertThat(secret.settings().basicAuth()).hasToString("BasicAuth[username=me]");
        for (String header : List.of("X-Api-Key", "authorization", "Private-Token", "Cookie")) {
            assertThat(header).matches(RemoteWriteSettings.SECRET_KEYS);
        }
        assertThat("X-Scope-OrgID").doesNotMatch(RemoteWriteSettings.SECRET_KEYS);
    }
}
