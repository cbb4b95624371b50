package io.tailrace.sinks.remotewrite;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Sends requests, one at a time. What fails for a passing reason is tried again, less and less
 * often or when the server says, until the time for that is over.
 */
final class RemoteClient {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteClient.class);

    /** So that writers that failed together do not come back together. */
    private static final double JITTER = 0.25;

    /** On one line, as a file with a newline at its end is not. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e\\t]*");

    private final RemoteWriteSettings settings;
    private final HttpClient http;
    private final HttpRequest.Builder template;

    /**
     * @throws IOException in words, where TLS cannot be set up
     */
    RemoteClient(RemoteWriteSettings settings) throws IOException {
        this.settings = settings;
        HttpClient.Builder client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.connectTimeout());
        if (settings.tls() != null) {
            client.sslContext(TlsContext.of(settings.tls()));
        }
        http = client.build();
        template =
                HttpRequest.newBuilder(URI.create(settings.url()))
                        .timeout(settings.timeout())
                        .header("Content-Type", "application/x-protobuf")
                        .header("Content-Encoding", "snappy")
                        .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                        .header("User-Agent", "tailrace");
        settings.headers().forEach(this::header);
        if (settings.bearerToken() != null) {
            header("Authorization", "Bearer " + settings.bearerToken());
        } else if (settings.basicAuth() != null) {
            header("Authorization", "Basic " + encoded(settings.basicAuth()));
        }
    }

    private void header(String name, String value) {
        if (!PRINTABLE.matcher(value).matches()) {
            // Told without the value, which may be a secret.
            throw new IllegalArgumentException(
                    "The value of header " + name + " has characters that a header cannot have");
        }
        template.header(name, value);
    }

    /** Without secrets. */
    String address() {
        return settings.address();
    }

    private static String encoded(RemoteWriteSettings.BasicAuth auth) {
        String both = auth.username() + ':' + auth.password();
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param tried called for each try but the first
     * @return good, or what no new try would mend
     * @throws IOException where the server could not take it for too long
     */
    Answer send(byte[] body, Runnable tried) throws IOException, InterruptedException {
        HttpRequest request =
                template.copy().POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        RetryPolicy<Answer> retries =
                RetryPolicy.<Answer>builder()
                        .handle(IOException.class)
                        .handleResultIf(Answer::isPassing)
                        .withMaxRetries(-1)
                        .withMaxDuration(settings.retryTime())
                        .withBackoff(settings.minBackoff(), settings.maxBackoff())
                        .withDelayFn(context -> asked(context.getLastResult()))
                        .withJitter(JITTER)
                        .onRetry(attempt -> tried.run())
                        .build();
        Answer answer;
        try {
            answer = Failsafe.with(retries).get(() -> attempt(request));
        } catch (FailsafeException failure) {
            if (failure.getCause() instanceof InterruptedException interrupt) {
                throw interrupt;
            } else if (failure.getCause() instanceof IOException unreached) {
                throw new IOException(
                        "%s does not take samples: %s"
                                .formatted(settings.address(), inWords(unreached)));
            }
            throw failure;
        }
        if (answer.isPassing()) {
            throw new IOException(
                    "%s does not take samples: it answers %d %s"
                            .formatted(settings.address(), answer.status(), answer.words()));
        }
        return answer;
    }

    /** So long that it is not too short after the jitter; negative for what the backoff says. */
    private static Duration asked(Answer answer) {
        return answer == null || answer.retryAfter() == null
                ? Duration.ofNanos(-1)
                : Duration.ofMillis(
                        (long) Math.ceil(answer.retryAfter().toMillis() / (1 - JITTER)));
    }

    private Answer attempt(HttpRequest request) throws IOException, InterruptedException {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            Answer answer = Answer.of(response);
            if (answer.isPassing()) {
                LOG.warn("{}: {} {}", settings.address(), answer.status(), answer.words());
            }
            return answer;
        } catch (IOException unreached) {
            LOG.warn("{}: {}", settings.address(), inWords(unreached));
            throw unreached;
        }
    }

    /** Without a request's headers, which exceptions do not hold. */
    private static String inWords(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
