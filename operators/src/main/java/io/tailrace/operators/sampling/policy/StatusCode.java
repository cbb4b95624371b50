package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.decision.TraceCondition;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.settings.Spelled;

import java.util.List;

/** Keeps a trace of which some span has one of some status codes. */
@Meaning("Keeps a trace of which some span has one of these status codes")
public record StatusCode(@Setting(value = "The status codes", least = 1) List<Code> statusCodes)
        implements Policy {

    /** OTLP's status codes. */
    public enum Code implements Spelled {
        UNSET(0),
        OK(1),
        ERROR(2);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        @Override
        public String spelling() {
            return name();
        }
    }

    @Override
    public TraceCondition compile(Compilation compilation) {
        int mask =
                statusCodes.stream().mapToInt(code -> 1 << code.number).reduce(0, (a, b) -> a | b);
        int matched =
                compilation
                        .conditions()
                        .bit(
                                "status_code",
                                List.of(mask),
                                // A shift is by the lowest five bits; codes beyond are nobody's.
                                (resource, scope, span) ->
                                        span.statusCode() >>> 5 == 0
                                                && (mask >>> span.statusCode() & 1) != 0);
        return known -> known.growing(known.evidence().has(matched));
    }
}
