package io.tailrace.operators.metrics;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.operators.span.ottl.OttlException;
import io.tailrace.operators.span.ottl.SpanPredicate;

import java.io.Serializable;
import java.util.List;

/** Which spans are counted; all of them, unless something is given. */
public record FilterSettings(
        @Setting(value = "Only spans of these kinds are counted", optional = true)
                List<SpanKind> kinds,
        @Setting(value = "Only spans of these services are counted", optional = true)
                List<String> services,
        @Setting(value = "Spans of these services are not counted", optional = true)
                List<String> excludeServices,
        @Setting(
                        value =
                                "Spans that meet one of these OTTL conditions are not counted; what"
                                        + " cannot be evaluated is not met",
                        optional = true)
                List<String> exclude)
        implements Checked, Serializable {

    @Override
    public void check(Problems problems) {
        for (int i = 0; i < excludeServices.size(); i++) {
            if (services.contains(excludeServices.get(i))) {
                problems.expected(
                        "exclude_services[%d]".formatted(i),
                        "a service that services does not name too");
            }
        }
        for (int i = 0; i < exclude.size(); i++) {
            try {
                SpanPredicate.ofSpan(exclude.get(i));
            } catch (OttlException wrong) {
                problems.expected(
                        "exclude[%d]".formatted(i),
                        "an OTTL condition; at its character %d: %s"
                                .formatted(wrong.column(), wrong.problem()));
            }
        }
    }
}
