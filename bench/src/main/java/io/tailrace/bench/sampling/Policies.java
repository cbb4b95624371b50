package io.tailrace.bench.sampling;

import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.settings.Setting;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The block {@code tail_sampling} of the modes, all else of which is the job's own defaults. */
public final class Policies {

    private static final String KEEP_FIVE_PERCENT =
            """
            tail_sampling:
              decision_wait: %dms
              decision_ttl: 10m
              policies:
                - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
                - { name: slow, type: latency, latency: { threshold_ms: 1000 } }
                - name: customers
                  type: string_attribute
                  string_attribute: { key: app.customer.tier, values: [enterprise] }
                - { name: baseline, type: probabilistic, probabilistic: { sampling_percentage: 3 } }
            """;

    private Policies() {}

    private record Spec(@Setting("Which traces are kept") SamplingSettings tailSampling) {}

    /** Keeps about 5 % of the pool's traces: 1 % errors, 0.5 % slow, 0.5 % customers, 3 % more. */
    public static SamplingSettings keepFivePercent(Duration decisionWait) {
        return read(KEEP_FIVE_PERCENT.formatted(decisionWait.toMillis()));
    }

    private static SamplingSettings read(String spec) {
        SpecResult<Spec> result = SpecReader.read("bench", spec, Spec.class, List.of(), Map.of());
        return result.value().tailSampling();
    }
}
