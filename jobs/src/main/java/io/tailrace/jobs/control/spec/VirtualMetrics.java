package io.tailrace.jobs.control.spec;

import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Meaning;
import io.tailrace.operators.settings.Setting;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Spans counted by the platform, in SQL. */
@Meaning("The platform counts spans: one realtime node for totals, one for averages")
public record VirtualMetrics(
        @Setting(
                        value = "What spans are counted by: fields of the table",
                        optional = true,
                        otherwise = "all of BlueKing's")
                List<String> dimensions,
        @Setting(
                        value = "How long a window is",
                        defaultsTo = "60s",
                        least = 1000,
                        most = 86_400_000)
                Duration window,
        @Setting(
                        value = "How long spans of a window are waited for",
                        key = "wait",
                        defaultsTo = "10s",
                        least = 0,
                        most = 3_600_000)
                Duration waitingTime,
        @Setting("Where the totals and the averages are stored") StorageSettings storage)
        implements FlowTemplate, Checked {

    @Override
    public boolean inPlatform() {
        return true;
    }

    @Override
    public void check(Problems problems) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < dimensions.size(); i++) {
            String path = "dimensions[%d]".formatted(i);
            if (!dimensions.get(i).matches("[A-Za-z_][A-Za-z0-9_]*")) {
                problems.expected(path, "a field's name: letters, digits and underscores");
            } else if (!seen.add(dimensions.get(i))) {
                problems.expected(path, "each dimension once");
            }
        }
        if (window.toMillis() % 1000 != 0) {
            problems.expected("window", "whole seconds");
        }
        if (waitingTime.toMillis() % 1000 != 0) {
            problems.expected("wait", "whole seconds");
        }
    }
}
