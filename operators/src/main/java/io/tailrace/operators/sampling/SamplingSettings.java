package io.tailrace.operators.sampling;

import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.settings.ByteSize;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** The block {@code tail_sampling} of a spec. */
public record SamplingSettings(
        @Setting(
                        value = "A trace is decided this long after the arrival of its first span",
                        defaultsTo = "30s",
                        least = 1)
                Duration decisionWait,
        @Setting(
                        value =
                                "Once the root has arrived, a trace is decided this long after it, if"
                                        + " that is sooner; off unless given",
                        optional = true,
                        least = 0)
                Duration decisionWaitAfterRootReceived,
        @Setting(
                        value =
                                "Spans that come this long after the decision still follow it; later"
                                        + " ones begin a new trace",
                        defaultsTo = "10m",
                        least = 0)
                Duration decisionTtl,
        @Setting(
                        value = "A trace that has so many spans is decided at once",
                        defaultsTo = "10000",
                        least = 1)
                int maxSpansPerTrace,
        @Setting(
                        value = "A trace that has so many bytes of OTLP is decided at once",
                        defaultsTo = "16MiB",
                        least = 1,
                        most = 1 << 30)
                ByteSize maxBytesPerTrace,
        @Setting(value = "What late spans do", defaultsTo = "follow") LateSpans lateSpans,
        @Setting(
                        value =
                                "Whether kept spans carry their sampling threshold in the trace state;"
                                        + " only false for now",
                        defaultsTo = "false")
                boolean stampThreshold,
        @Setting(
                        value = "The policies; a trace that one of them samples is kept",
                        least = 1,
                        distinct = "name")
                List<NamedPolicy> policies)
        implements Checked, Serializable {

    /** What becomes of spans that come after the decision. */
    public enum LateSpans {
        /** They are kept or not as their trace was. */
        FOLLOW
    }

    @Override
    public void check(Problems problems) {
        if (stampThreshold) {
            problems.expected("stamp_threshold", "false, as thresholds are not stamped yet");
        }
    }
}
