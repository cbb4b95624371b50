package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.span.semconv.Semconv;

import java.time.Duration;
import java.util.List;

/** Settings of the sampler for tests, changed one by one; traces are decided at their deadline. */
public final class TestSettings {

    private Duration decisionWait = Duration.ofSeconds(30);
    private Duration decisionWaitAfterRootReceived = Duration.ofSeconds(5);
    private boolean eagerRelease;
    private Duration decisionTtl = Duration.ofSeconds(60);
    private int maxSpansPerTrace = 1000;
    private long maxBytesPerTrace = 1 << 20;
    private long residentBudget = 64 << 20;
    private Integer maxKeptSpansPerTrace;
    private SamplingSettings.LateSpans lateSpans = SamplingSettings.LateSpans.FOLLOW;
    private boolean deduplicate;
    private boolean stampPolicy;
    private boolean stampThreshold;
    private Semconv semconv = Semconv.AS_WRITTEN;
    private boolean dryRun;
    private List<NamedPolicy> policies = List.of();

    public static TestSettings with(List<NamedPolicy> policies) {
        TestSettings settings = new TestSettings();
        settings.policies = policies;
        return settings;
    }

    public TestSettings decisionWait(Duration wait) {
        decisionWait = wait;
        return this;
    }

    /** Null is off. */
    public TestSettings decisionWaitAfterRootReceived(Duration wait) {
        decisionWaitAfterRootReceived = wait;
        return this;
    }

    public TestSettings eagerRelease() {
        eagerRelease = true;
        return this;
    }

    public TestSettings decisionTtl(Duration ttl) {
        decisionTtl = ttl;
        return this;
    }

    public TestSettings maxSpansPerTrace(int most) {
        maxSpansPerTrace = most;
        return this;
    }

    public TestSettings maxBytesPerTrace(long most) {
        maxBytesPerTrace = most;
        return this;
    }

    public TestSettings residentBudget(long most) {
        residentBudget = most;
        return this;
    }

    public TestSettings maxKeptSpansPerTrace(int most) {
        maxKeptSpansPerTrace = most;
        return this;
    }

    public TestSettings reconsider() {
        lateSpans = SamplingSettings.LateSpans.RECONSIDER;
        return this;
    }

    public TestSettings deduplicate() {
        deduplicate = true;
        return this;
    }

    public TestSettings stampPolicy() {
        stampPolicy = true;
        return this;
    }

    public TestSettings stampThreshold() {
        stampThreshold = true;
        return this;
    }

    public TestSettings semconv(Semconv names) {
        semconv = names;
        return this;
    }

    public TestSettings dryRun() {
        dryRun = true;
        return this;
    }

    public TestSettings policies(List<NamedPolicy> others) {
        policies = others;
        return this;
    }

    public SamplingSettings make() {
        return new SamplingSettings(
                decisionWait,
                decisionWaitAfterRootReceived,
                eagerRelease,
                decisionTtl,
                maxSpansPerTrace,
                new ByteSize(maxBytesPerTrace),
                new ByteSize(residentBudget),
                maxKeptSpansPerTrace,
                lateSpans,
                deduplicate,
                stampPolicy,
                stampThreshold,
                semconv,
                dryRun,
                null,
                policies);
    }
}
