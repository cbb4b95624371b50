package io.tailrace.jobs.discovery.host;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the ids of hosts are looked up, and the state of their agents. */
@Meaning("Where the ids of hosts are looked up, and the state of their agents")
public record HostSettings(
        @Setting(value = "A file that lists hosts", key = "static", optional = true)
                StaticHostsSettings fixed,
        @Setting(value = "A table in PostgreSQL", optional = true) JdbcHostsSettings jdbc,
        @Setting(value = "A service that is asked for each host", optional = true)
                HttpHostsSettings http,
        @Setting(value = "Asked whether the agents of known hosts live", optional = true)
                GseSettings gse,
        @Setting(
                        value = "How long what was found is not asked for again",
                        defaultsTo = "1h",
                        least = 1000)
                Duration cacheTtl,
        @Setting(
                        value =
                                "How long until a host is asked for again that was unknown, or for"
                                        + " which nobody answered",
                        defaultsTo = "1m",
                        least = 100)
                Duration unknownTtl,
        @Setting(
                        value =
                                "How long it is tried again while nobody answers; what comes then is"
                                        + " still written at once",
                        defaultsTo = "1m",
                        least = 0)
                Duration retryTime,
        @Setting(
                        value =
                                "How many hosts each subtask remembers; as many may wait for their"
                                        + " answer",
                        defaultsTo = "100000",
                        least = 1)
                int cacheSize,
        @Setting(
                        value = "How many lookups each subtask does at a time",
                        defaultsTo = "4",
                        least = 1,
                        most = 64)
                int parallelLookups)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        if (Stream.of(fixed, jdbc, http).filter(Objects::nonNull).count() != 1) {
            problems.expected("", "one of static, jdbc and http");
        }
    }

    /** A new one, to be closed after use. */
    Inquiry<HostAddress, HostEntry> directory() {
        if (fixed != null) {
            return new StaticHosts(fixed);
        }
        return jdbc != null ? new JdbcHosts(jdbc) : new HttpHosts(http);
    }

    LookupLimits directoryLimits() {
        return new LookupLimits(cacheTtl, unknownTtl, retryTime, cacheSize, parallelLookups);
    }

    LookupLimits agentLimits() {
        Duration unknown = unknownTtl.compareTo(gse.refresh()) < 0 ? unknownTtl : gse.refresh();
        return new LookupLimits(gse.refresh(), unknown, retryTime, cacheSize, 1);
    }
}
