package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.sink.DecisionsSink;
import io.tailrace.jobs.sink.RecordsSink;
import io.tailrace.jobs.sink.SpansSink;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.jdbc.Database;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The sinks of a tail sampling job; at least one. */
public record TailSamplingSinks(
        @Setting(value = "Where the spans of kept traces go", optional = true)
                List<SpansSink> spans,
        @Setting(value = "Where the record of each decision goes", optional = true)
                List<DecisionsSink> decisions,
        @Setting(
                        value =
                                "Where records and spans that cannot be used go; without one they are"
                                        + " counted, and the first of each reason is logged",
                        optional = true)
                List<RecordsSink> deadLetters)
        implements Checked {

    /** The schemas that it writes tables in. */
    public List<Database> databases() {
        return decisions.stream()
                .map(DecisionsSink::jdbc)
                .filter(Objects::nonNull)
                .map(jdbc -> new Database(jdbc.common()))
                .toList();
    }

    @Override
    public void check(Problems problems) {
        if (spans.isEmpty() && decisions.isEmpty() && deadLetters.isEmpty()) {
            problems.expected("", "at least one sink, of spans, decisions or dead_letters");
        }
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i).jdbc() != null) {
                String place = new Database(decisions.get(i).jdbc().common()).place();
                Integer other = places.putIfAbsent(place, i);
                if (other != null) {
                    // The rows of a job are deleted by their age, whichever sink wrote them.
                    problems.expected(
                            "decisions[%d].jdbc".formatted(i),
                            "another schema or database than that of decisions[%d]"
                                    .formatted(other));
                }
            }
        }
    }
}
