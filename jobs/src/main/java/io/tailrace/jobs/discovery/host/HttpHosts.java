package io.tailrace.jobs.discovery.host;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Hosts of a service, asked for one at a time. */
final class HttpHosts implements Inquiry<HostAddress, HostEntry> {

    private final HttpHostsSettings settings;
    private final HttpCalls calls;
    private final JsonPointer cloudId;
    private final JsonPointer hostId;
    private final JsonPointer agentId;

    HttpHosts(HttpHostsSettings settings) {
        this.settings = settings;
        calls = new HttpCalls(settings.timeout());
        cloudId = JsonPointer.compile(settings.mapping().cloudId());
        hostId = JsonPointer.compile(settings.mapping().hostId());
        agentId =
                settings.mapping().agentId() == null
                        ? null
                        : JsonPointer.compile(settings.mapping().agentId());
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public Map<HostAddress, HostEntry> ask(List<HostAddress> questions)
            throws IOException, InterruptedException {
        HostAddress host = questions.get(0);
        JsonNode answer = calls.answer(request(host));
        Long cloud = number(answer.at(cloudId));
        Long id = number(answer.at(hostId));
        if (cloud == null || id == null) {
            return Map.of();
        }
        String agent = agentId == null ? "" : answer.at(agentId).asText();
        return Map.of(host, new HostEntry(cloud, id, agent));
    }

    private HttpRequest request(HostAddress host) {
        String ip = URLEncoder.encode(host.ip(), StandardCharsets.UTF_8);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(filled(settings.url(), ip, host)))
                        .timeout(settings.timeout())
                        .header("User-Agent", "tailrace")
                        .header("Accept", "application/json");
        if (settings.body() != null) {
            String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(host.ip()));
            request.header("Content-Type", "application/json")
                    .POST(
                            HttpRequest.BodyPublishers.ofString(
                                    filled(settings.body(), quoted, host)));
        }
        settings.headers().forEach(request::setHeader);
        return request.build();
    }

    private static String filled(String template, String ip, HostAddress host) {
        return template.replace("{biz_id}", Long.toString(host.bizId())).replace("{ip}", ip);
    }

    /** Null where it is no whole number. */
    private static Long number(JsonNode node) {
        try {
            return node.isMissingNode() ? null : (Long) Long.parseLong(node.asText());
        } catch (NumberFormatException none) {
            return null;
        }
    }

    @Override
    public void close() {}
}
