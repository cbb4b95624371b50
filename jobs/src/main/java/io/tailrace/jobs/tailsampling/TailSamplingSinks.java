package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.sink.DecisionsSink;
import io.tailrace.jobs.sink.RecordsSink;
import io.tailrace.jobs.sink.SpansSink;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.jdbc.Database;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** The schemas that it writes tables in, each once. */
    public List<Database> databases() {
        Map<String, Database> databases = new LinkedHashMap<>();
        for (DecisionsSink sink : decisions) {
            if (sink.jdbc() != null) {
                Database database = new Database(sink.jdbc().common());
                databases.putIfAbsent(database.toString(), database);
            }
        }
        return List.copyOf(databases.values());
    }

    @Override
    public void check(Problems problems) {
        if (spans.isEmpty() && decisions.isEmpty() && deadLetters.isEmpty()) {
            problems.expected("", "at least one sink, of spans, decisions or dead_letters");
        }
    }
}
