package io.tailrace.sinks.jdbc.decision;

import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.sinks.jdbc.Retention;
import io.tailrace.sinks.jdbc.RowValues;
import io.tailrace.sinks.jdbc.Table;
import io.tailrace.sinks.message.DecisionFormat;
import io.tailrace.sinks.message.JsonFormat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decisions as rows: they never change, so that the first of a key stays. */
public final class DecisionTable implements Table<DecisionRecord, DecisionKey> {

    private static final long serialVersionUID = 1L;

    public static final String NAME = "apm_sampling_decision";

    private static final JsonFormat<DecisionRecord> VOTES = DecisionFormat::writeVotes;

    private final String job;
    private final DecisionRows rows;
    private final Duration keep;

    /**
     * @param job whose decisions they are
     * @param keep how long they are kept
     */
    public DecisionTable(String job, DecisionRows rows, Duration keep) {
        this.job = job;
        this.rows = rows;
        this.keep = keep;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "trace_id",
                "decided_ms",
                "trigger",
                "job",
                "decision",
                "policy",
                "votes",
                "spans",
                "bytes",
                "start_unix_nano",
                "duration_ms",
                "root_service",
                "root_name",
                "first_seen_ms",
                "late_spans",
                "adjusted_count",
                "complete");
    }

    @Override
    public List<String> keyColumns() {
        return List.of("trace_id", "decided_ms", "trigger");
    }

    @Override
    public String onConflict() {
        return "do nothing";
    }

    @Override
    public boolean takes(DecisionRecord record) {
        return switch (rows) {
            case KEPT -> record.sampled();
            case ALL -> true;
        };
    }

    @Override
    public DecisionKey key(DecisionRecord record) {
        return DecisionKey.of(record);
    }

    @Override
    public Optional<DecisionRecord> merge(DecisionRecord older, DecisionRecord newer) {
        return Optional.of(older);
    }

    @Override
    public void bind(DecisionRecord record, RowValues values) throws SQLException {
        values.text(record.traceId().hex())
                .whole(record.decided())
                .text(lower(record.trigger()))
                .text(job)
                .text(lower(record.decision().verdict()))
                .indexedText(record.decision().policy())
                .json(new String(VOTES.toBytes(record), StandardCharsets.UTF_8))
                .whole(record.spans())
                .whole(record.bytes())
                .unsigned(record.startUnixNano())
                .whole(record.durationMillis())
                .indexedText(record.rootService())
                .text(record.rootName())
                .whole(record.firstSeen())
                .whole(record.lateSpans())
                .real(record.adjustedCount())
                .truth(record.complete());
    }

    @Override
    public JsonFormat<DecisionRecord> format() {
        return new DecisionFormat();
    }

    @Override
    public Optional<Retention> retention() {
        return Optional.of(new Retention.ByAge("job", job, "decided_ms", keep));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
