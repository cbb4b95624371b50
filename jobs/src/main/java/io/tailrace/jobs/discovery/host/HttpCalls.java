package io.tailrace.jobs.discovery.host;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailrace.operators.settings.Checked;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Calls that are answered in JSON. */
final class HttpCalls {

    /** Headers whose values are secrets. */
    static final String SECRET_HEADERS = "(?i).*(authorization|cookie|token|key|secret|password).*";

    /** What the client sets itself, or refuses. */
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client;

    HttpCalls(Duration timeout) {
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout)
                        .build();
    }

    /**
     * @return a missing node where the thing is not there (404)
     * @throws RefusedException where it would be in vain to try again
     * @throws IOException in words
     */
    JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        String address = address(request.uri().toString());
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException unreached) {
            throw new IOException("%s: %s".formatted(address, inWords(unreached)), unreached);
        }
        int status = response.statusCode();
        if (status == 404) {
            return json.missingNode();
        }
        if (status / 100 != 2) {
            String words = "%s answers %d".formatted(address, status);
            throw status == 408 || status == 429 || status >= 500
                    ? new IOException(words)
                    : new RefusedException(words);
        }
        try {
            return json.readTree(response.body());
        } catch (JacksonException malformed) {
            throw new RefusedException(
                    "%s answers what is not JSON: %s"
                            .formatted(address, malformed.getOriginalMessage()));
        }
    }

    private static String inWords(IOException failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage();
    }

    /** As users know it: without a query, which may hold a key. */
    static String address(String url) {
        return url.split("\\?", 2)[0];
    }

    static void checkUrl(String key, String url, Checked.Problems problems) {
        try {
            URI uri = new URI(url);
            if (uri.getRawUserInfo() != null) {
                // Told without the value, for it may hold a password.
                problems.expected("", "a url without user and password");
            } else if (uri.getHost() == null
                    || !Set.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
                problems.expected(key, "an address such as http://127.0.0.1:8080/hosts");
            }
        } catch (URISyntaxException wrong) {
            if (url.contains("@")) {
                problems.expected("", "a url without user and password");
            } else {
                problems.expected(key, "an address such as http://127.0.0.1:8080/hosts");
            }
        }
    }

    static void checkHeaders(Map<String, String> headers, Checked.Problems problems) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                    || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                problems.expected("headers." + name, "a header that HTTP does not set itself");
            } else if (!header.getValue().matches("[\\x20-\\x7e\\t]*")) {
                // Told without the value, which may be a secret.
                problems.expected("", "headers of printable characters alone");
            }
        }
    }
}
