package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A sink {@code prometheus_remote_write}. */
public record RemoteWriteSettings(
        @Setting(
                        "Where samples are sent, such as http://127.0.0.1:9090/api/v1/write; of a"
                                + " Prometheus with --web.enable-remote-write-receiver")
                String url,
        @Setting(value = "Sent as Authorization: Bearer", optional = true, secret = true)
                String bearerToken,
        @Setting(value = "Sent as Authorization: Basic", optional = true) BasicAuth basicAuth,
        @Setting(
                        value = "Sent with each request as they are, such as X-Scope-OrgID",
                        optional = true,
                        secretKeys = RemoteWriteSettings.SECRET_KEYS)
                Map<String, String> headers,
        @Setting(value = "For a url that begins with https", optional = true) TlsSettings tls,
        @Setting(value = "Labels that each series gets, such as cluster", optional = true)
                Map<String, String> externalLabels,
        @Setting(value = "Whether exemplars are sent along", defaultsTo = "true")
                boolean sendExemplars,
        @Setting(
                        value =
                                "Samples are sent once there are so many; one series of spans takes"
                                        + " some twenty",
                        defaultsTo = "2000",
                        least = 1,
                        most = 1_000_000)
                int maxSamplesPerSend,
        @Setting(
                        value = "Samples are sent after this long, also if they are few",
                        defaultsTo = "1s",
                        least = 10)
                Duration flushInterval,
        @Setting(
                        value =
                                "How long samples are tried again while the server cannot take them; then"
                                        + " the job fails and goes on from its last checkpoint",
                        defaultsTo = "2m",
                        least = 1000)
                Duration retryTime,
        @Setting(
                        value =
                                "How long until the first new try; each waits twice as long, unless the"
                                        + " server says how long",
                        defaultsTo = "200ms",
                        least = 10)
                Duration minBackoff,
        @Setting(
                        value = "The longest that a new try waits of itself",
                        defaultsTo = "10s",
                        least = 10)
                Duration maxBackoff,
        @Setting(
                        value = "How long a connection may take to be made",
                        defaultsTo = "10s",
                        least = 100)
                Duration connectTimeout,
        @Setting(value = "How long the server may take to answer", defaultsTo = "30s", least = 100)
                Duration timeout)
        implements Checked, Serializable {

    /** Headers whose values are secrets. */
    public static final String SECRET_KEYS =
            "(?i).*(authorization|cookie|token|key|secret|password).*";

    /** What the protocol sets; the client refuses the last five. */
    private static final Set<String> OWN_HEADERS =
            Set.of(
                    "content-type",
                    "content-encoding",
                    "x-prometheus-remote-write-version",
                    "user-agent",
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "upgrade");

    /** A user and a password. */
    public record BasicAuth(
            @Setting("The user") String username,
            @Setting(value = "The user's password", secret = true) String password)
            implements Serializable {

        /** Without the password, as records are written to logs. */
        @Override
        public String toString() {
            return "BasicAuth[username=" + username + "]";
        }
    }

    @Override
    public void check(Problems problems) {
        URI uri = uri();
        if (uri != null && uri.getRawUserInfo() != null || uri == null && url.contains("@")) {
            // Told without the value, for it may hold a password.
            problems.expected("", "a url without user and password; they belong in basic_auth");
        } else if (uri == null
                || uri.getHost() == null
                || !Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            problems.expected("url", "an address such as http://127.0.0.1:9090/api/v1/write");
        } else if (tls != null && uri.getScheme().equals("http")) {
            problems.expected("tls", "no tls where url begins with http:");
        }
        if (bearerToken != null && basicAuth != null) {
            problems.expected("basic_auth", "either bearer_token or basic_auth");
        }
        for (String name : headers.keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || OWN_HEADERS.contains(lower)) {
                problems.expected("headers." + name, "a header that remote write does not set");
            } else if (lower.equals("authorization")
                    && (bearerToken != null || basicAuth != null)) {
                problems.expected("headers." + name, "one kind of authorization");
            }
        }
        for (String name : externalLabels.keySet()) {
            if (!name.matches("[a-zA-Z_][a-zA-Z0-9_]*") || name.startsWith("__")) {
                problems.expected(
                        "external_labels." + name,
                        "letters, digits and underscores, no digit and no two underscores first");
            } else if (SeriesLabels.OWN.contains(name)) {
                problems.expected(
                        "external_labels." + name, "a name other than " + SeriesLabels.OWN);
            }
        }
        if (maxBackoff.compareTo(minBackoff) <= 0) {
            problems.expected("max_backoff", "more than min_backoff");
        }
        if (retryTime.compareTo(minBackoff) <= 0) {
            problems.expected("retry_time", "more than min_backoff");
        }
    }

    private URI uri() {
        try {
            return new URI(url);
        } catch (URISyntaxException wrong) {
            return null;
        }
    }

    /** As users know it: without a query, which may hold a key. */
    String address() {
        return url.split("\\?", 2)[0];
    }

    /** Without secrets, as records are written to logs. */
    @Override
    public String toString() {
        return "RemoteWriteSettings[url=" + address() + "]";
    }
}
