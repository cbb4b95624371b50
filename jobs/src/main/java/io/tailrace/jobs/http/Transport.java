package io.tailrace.jobs.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Carries a request to a service, and its answer back. */
@FunctionalInterface
public interface Transport {

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException;

    /** Over HTTP 1.1; redirects are answers like others. */
    static Transport http(Duration connectTimeout) {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(connectTimeout)
                        .build();
        return request ->
                client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
