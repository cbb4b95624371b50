package io.tailrace.bench.reference;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import io.tailrace.operators.sampling.bk.BkRandom;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Tail sampling as a job does it that keeps spans as JSON text and asks its conditions of each:
 *
 * <ul>
 *   <li>keyed by trace id; a share of the traces, chosen by MD5 of the id, passes straight through;
 *   <li>a span that meets a condition marks its trace (a {@code ValueState}); what was buffered of
 *       it is released, and what comes later passes through;
 *   <li>all else is buffered, a span an entry of a {@code MapState} from span id to text;
 *   <li>each condition reads the text anew;
 *   <li>no timer ends a trace: what is buffered goes when it is older than the session gap, the
 *       mark after its own time, both by TTL in RocksDB's compaction.
 * </ul>
 *
 * <p>So nothing is decided at a deadline, and a trace that is not kept leaves no record. TTL goes
 * by the wall clock: with a gap as long as the others' {@code decision_wait} it holds, as long as
 * it is slower than the nominal rate, fewer live spans than they do, never more than what
 * compaction has not seen yet. Beyond that way of working nothing is slow on purpose: ids are
 * numbers, texts are UTF-8 bytes, JSON is read without a tree and no further than to the key, and
 * nothing goes through Kryo.
 */
final class ReferenceSampler extends KeyedProcessFunction<TraceId, BkSpan, BkSpan> {

    private static final long serialVersionUID = 1L;

    /** Expired entries are recognised with the time of at most so many entries before. */
    private static final long ENTRIES_BETWEEN_CLOCKS = 1_000;

    private final List<Condition> conditions;
    private final double randomPercent;
    private final Duration sessionGap;
    private final Duration markTimeout;
    private final int maxSpans;

    private transient BkRandom random;
    private transient ValueState<Boolean> mark;
    private transient MapState<Long, byte[]> buffered;

    /**
     * @param conditions one of them is enough
     * @param randomPercent the share that is kept whatever it is
     * @param maxSpans how many spans of a trace are released at most
     */
    ReferenceSampler(
            List<Condition> conditions,
            double randomPercent,
            Duration sessionGap,
            Duration markTimeout,
            int maxSpans) {
        this.conditions = conditions;
        this.randomPercent = randomPercent;
        this.sessionGap = sessionGap;
        this.markTimeout = markTimeout;
        this.maxSpans = maxSpans;
    }

    @Override
    public void open(OpenContext context) {
        random = new BkRandom(randomPercent);
        ValueStateDescriptor<Boolean> marks = new ValueStateDescriptor<>("mark", Types.BOOLEAN);
        marks.enableTimeToLive(ttl(markTimeout));
        mark = getRuntimeContext().getState(marks);
        MapStateDescriptor<Long, byte[]> spans =
                new MapStateDescriptor<>(
                        "spans", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
        spans.enableTimeToLive(ttl(sessionGap));
        buffered = getRuntimeContext().getMapState(spans);
    }

    private static StateTtlConfig ttl(Duration time) {
        return StateTtlConfig.newBuilder(time)
                .cleanupInRocksdbCompactFilter(ENTRIES_BETWEEN_CLOCKS)
                .build();
    }

    @Override
    public void processElement(BkSpan span, Context context, Collector<BkSpan> out)
            throws Exception {
        if (random.keeps(span.traceId()) || mark.value() != null) {
            out.collect(span);
        } else if (isWorthKeeping(span)) {
            mark.update(true);
            release(span.traceId(), out);
            out.collect(span);
        } else {
            buffered.put(span.spanId(), span.json());
        }
    }

    private boolean isWorthKeeping(BkSpan span) throws IOException {
        for (Condition condition : conditions) {
            if (condition.isMetBy(span.json())) {
                return true;
            }
        }
        return false;
    }

    private void release(TraceId traceId, Collector<BkSpan> out) throws Exception {
        int released = 0;
        for (var entry : buffered.entries()) {
            if (++released >= maxSpans) {
                break;
            }
            out.collect(new BkSpan(traceId, entry.getKey(), entry.getValue()));
        }
        buffered.clear();
    }
}
