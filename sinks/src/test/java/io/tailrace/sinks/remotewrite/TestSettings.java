package io.tailrace.sinks.remotewrite;

import java.time.Duration;
import java.util.Map;

/** Settings of tests: sent when a test says so, and tried again soon. */
record TestSettings(
        String url,
        String bearerToken,
        RemoteWriteSettings.BasicAuth basicAuth,
        Map<String, String> headers,
        TlsSettings tls,
        Map<String, String> externalLabels,
        int maxSamplesPerSend,
        Duration retryTime,
        Duration timeout) {

    TestSettings(String url) {
        this(
                url,
                null,
                null,
                Map.of(),
                null,
                Map.of(),
                1_000_000,
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }

    TestSettings withBearerToken(String token) {
        return new TestSettings(
                url,
                token,
                null,
                headers,
                tls,
                externalLabels,
                maxSamplesPerSend,
                retryTime,
                timeout);
    }

    TestSettings withBasicAuth(String user, String password) {
        return new TestSettings(
                url,
                null,
                new RemoteWriteSettings.BasicAuth(user, password),
                headers,
                tls,
                externalLabels,
                maxSamplesPerSend,
                retryTime,
                timeout);
    }

    TestSettings withHeaders(Map<String, String> others) {
        return new TestSettings(
                url,
                bearerToken,
                basicAuth,
                others,
                tls,
                externalLabels,
                maxSamplesPerSend,
                retryTime,
                timeout);
    }

    TestSettings withTls(TlsSettings other) {
        return new TestSettings(
                url,
                bearerToken,
                basicAuth,
                headers,
                other,
                externalLabels,
                maxSamplesPerSend,
                retryTime,
                timeout);
    }

    TestSettings withExternalLabels(Map<String, String> others) {
        return new TestSettings(
                url,
                bearerToken,
                basicAuth,
                headers,
                tls,
                others,
                maxSamplesPerSend,
                retryTime,
                timeout);
    }

    TestSettings withMaxSamplesPerSend(int most) {
        return new TestSettings(
                url,
                bearerToken,
                basicAuth,
                headers,
                tls,
                externalLabels,
                most,
                retryTime,
                timeout);
    }

    TestSettings withTimes(Duration retry, Duration answer) {
        return new TestSettings(
                url,
                bearerToken,
                basicAuth,
                headers,
                tls,
                externalLabels,
                maxSamplesPerSend,
                retry,
                answer);
    }

    RemoteWriteSettings settings() {
        return new RemoteWriteSettings(
                url,
                bearerToken,
                basicAuth,
                headers,
                tls,
                externalLabels,
                true,
                maxSamplesPerSend,
                Duration.ofSeconds(5),
                retryTime,
                Duration.ofMillis(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                timeout);
    }
}
