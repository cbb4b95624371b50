package io.tailrace.jobs.discovery.host;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;

/** GSE's interface, asked whether agents live. */
public record GseSettings(
        @Setting(
                        "Where its calls begin: http://HOST/api/bk-gse/prod/api/v2/, or of older sites"
                                + " http://HOST/api/c/compapi/v2/gse/")
                String url,
        @Setting(
                        value =
                                "Which call is there: list_agent_state, or get_agent_status of older"
                                        + " sites",
                        defaultsTo = "list_agent_state")
                Call call,
        @Setting("The code of the application that asks") String appCode,
        @Setting(value = "Its secret", secret = true) String appSecret,
        @Setting(value = "The user for whom it asks", defaultsTo = "admin") String username,
        @Setting(
                        value = "How many agents are asked for at a time, at most",
                        defaultsTo = "500",
                        least = 1,
                        most = 1000)
                int batch,
        @Setting(
                        value =
                                "How old a state may be before it is asked for again when the host is"
                                        + " written; those of lost hosts are, so often",
                        defaultsTo = "5m",
                        least = 100)
                Duration refresh,
        @Setting(value = "How long an answer may take", defaultsTo = "10s", least = 10)
                Duration timeout)
        implements Checked, Serializable {

    /** Which of its calls. */
    public enum Call {
        LIST_AGENT_STATE,
        GET_AGENT_STATUS
    }

    @Override
    public void check(Problems problems) {
        HttpCalls.checkUrl("url", url, problems);
    }

    /** Without the secret, as records are written to logs. */
    @Override
    public String toString() {
        return "GseSettings[url=" + HttpCalls.address(url) + ", call=" + call + "]";
    }
}
