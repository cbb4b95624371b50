package io.tailrace.jobs.tailsampling;

import io.tailrace.jobs.JobSinks;
import io.tailrace.jobs.sink.DecisionsSink;
import io.tailrace.jobs.sink.DistinctPlaces;
import io.tailrace.jobs.sink.RecordsSink;
import io.tailrace.jobs.sink.SpansSink;
import io.tailrace.operators.settings.Checked;
import io.tailrace.operators.settings.Setting;
import io.tailrace.sinks.jdbc.Database;
import io.tailrace.sinks.jdbc.decision.DecisionTable;
import io.tailrace.sinks.jdbc.schema.Usage;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

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
        implements JobSinks, Checked {

    @Override
    public List<Tables> tables() {
        return decisions.stream()
                .map(DecisionsSink::jdbc)
                .filter(Objects::nonNull)
                .map(
                        jdbc ->
                                new Tables(
                                        new Database(jdbc.common()),
                                        Map.of(DecisionTable.NAME, Usage.ROWS)))
                .toList();
    }

    @Override
    public List<Topic> topics() {
        Stream<Topic> ofSpans =
                spans.stream()
                        .map(SpansSink::kafka)
                        .filter(Objects::nonNull)
                        .map(kafka -> new Topic(kafka.common(), kafka.maxMessageBytes().bytes()));
        Stream<Topic> ofRecords =
                Stream.concat(
                                decisions.stream().map(DecisionsSink::kafka),
                                deadLetters.stream().map(RecordsSink::kafka))
                        .filter(Objects::nonNull)
                        .map(kafka -> new Topic(kafka, 0));
        return Stream.concat(ofSpans, ofRecords).toList();
    }

    @Override
    public void check(Problems problems) {
        if (spans.isEmpty() && decisions.isEmpty() && deadLetters.isEmpty()) {
            problems.expected("", "at least one sink, of spans, decisions or dead_letters");
        }
        checkPlaces(problems);
    }

    /** That no two sinks write the same rows. */
    public void checkPlaces(Problems problems) {
        // The rows of a job are deleted by their age, whichever sink wrote them.
        new DistinctPlaces("decisions", problems)
                .check(decisions.stream().map(DecisionsSink::database).toList());
    }
}
