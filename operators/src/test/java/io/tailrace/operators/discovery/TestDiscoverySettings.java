package io.tailrace.operators.discovery;

import io.tailrace.operators.rewriting.TemplateRule;
import io.tailrace.operators.settings.ByteSize;

import java.time.Duration;
import java.util.List;

/** Settings of discovery for tests, with a spec's defaults, changed one by one. */
public final class TestDiscoverySettings {

    private Duration ttl = Duration.ofDays(7);
    private Duration topoNodeTtl;
    private Duration refresh = Duration.ofMinutes(5);
    private Duration pairingWait = Duration.ofSeconds(30);
    private int maxEntities = 100_000;
    private int maxEndpoints = 10_000;
    private int maxWaitingSpans = 10_000;
    private int maxValueBytes = 1024;
    private long localBudget = 32 << 20;
    private long residentBudget = 512 << 20;
    private List<TemplateRule> templates = List.of();
    private List<CategoryRule> categoryRules = List.of();

    public TestDiscoverySettings ttl(Duration length) {
        ttl = length;
        return this;
    }

    public TestDiscoverySettings topoNodeTtl(Duration length) {
        topoNodeTtl = length;
        return this;
    }

    public TestDiscoverySettings refresh(Duration length) {
        refresh = length;
        return this;
    }

    public TestDiscoverySettings pairingWait(Duration length) {
        pairingWait = length;
        return this;
    }

    public TestDiscoverySettings maxEntities(int number) {
        maxEntities = number;
        return this;
    }

    public TestDiscoverySettings maxEndpoints(int number) {
        maxEndpoints = number;
        return this;
    }

    public TestDiscoverySettings maxWaitingSpans(int number) {
        maxWaitingSpans = number;
        return this;
    }

    public TestDiscoverySettings maxValueBytes(int bytes) {
        maxValueBytes = bytes;
        return this;
    }

    public TestDiscoverySettings residentBudget(long bytes) {
        residentBudget = bytes;
        return this;
    }

    public TestDiscoverySettings localBudget(long bytes) {
        localBudget = bytes;
        return this;
    }

    public TestDiscoverySettings templates(TemplateRule... rules) {
        templates = List.of(rules);
        return this;
    }

    public TestDiscoverySettings categoryRules(CategoryRule... rules) {
        categoryRules = List.of(rules);
        return this;
    }

    public DiscoverySettings make() {
        return new DiscoverySettings(
                ttl,
                topoNodeTtl,
                refresh,
                maxEntities,
                maxEndpoints,
                pairingWait,
                maxWaitingSpans,
                new ByteSize(residentBudget),
                templates,
                maxValueBytes,
                new ByteSize(localBudget),
                categoryRules);
    }
}
