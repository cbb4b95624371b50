package io.tailrace.jobs.discovery.host;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/** A service that is asked for each host, and answers in JSON. */
public record HttpHostsSettings(
        @Setting("Where it is asked; {ip} and {biz_id} stand for the host's, here and in body")
                String url,
        @Setting(value = "How it is asked", defaultsTo = "get") Method method,
        @Setting(
                        value = "Sent with each request as they are",
                        optional = true,
                        secretKeys = HttpCalls.SECRET_HEADERS)
                Map<String, String> headers,
        @Setting(value = "What is sent with post: JSON", optional = true) String body,
        @Setting("Where the answer has what is asked for") Mapping mapping,
        @Setting(value = "How long an answer may take", defaultsTo = "5s", least = 10)
                Duration timeout)
        implements Checked, Serializable {

    /** Of HTTP. */
    public enum Method {
        GET,
        POST
    }

    /** JSON pointers, such as {@code /data/0/bk_host_id}. */
    public record Mapping(
            @Setting("A JSON pointer to the cloud area, such as /data/0/bk_cloud_id")
                    String cloudId,
            @Setting("A JSON pointer to the host's id") String hostId,
            @Setting(value = "A JSON pointer to the agent's id", optional = true) String agentId)
            implements Checked, Serializable {

        @Override
        public void check(Problems problems) {
            pointer("cloud_id", cloudId, problems);
            pointer("host_id", hostId, problems);
            if (agentId != null) {
                pointer("agent_id", agentId, problems);
            }
        }

        private static void pointer(String key, String pointer, Problems problems) {
            if (!pointer.startsWith("/")) {
                problems.expected(key, "a JSON pointer such as /data/0/" + key);
            }
        }
    }

    @Override
    public void check(Problems problems) {
        HttpCalls.checkUrl(
                "url", url.replace("{ip}", "10.0.0.1").replace("{biz_id}", "2"), problems);
        HttpCalls.checkHeaders(headers, problems);
        if (method == Method.GET && body != null) {
            problems.expected("body", "no body with method get");
        } else if (method == Method.POST && body == null) {
            problems.expected("body", "a body with method post");
        }
        if (!url.contains("{ip}") && (body == null || !body.contains("{ip}"))) {
            problems.expected("", "{ip} in url or body");
        }
    }

    /** Without secrets, as records are written to logs. */
    @Override
    public String toString() {
        return "HttpHostsSettings[url=" + HttpCalls.address(url) + "]";
    }
}
