package io.tailrace.operators.serialization;

import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.sampling.KeptSpans;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.decision.DecisionRecord;
import io.tailrace.operators.sampling.state.DecidedTrace;
import io.tailrace.operators.sampling.state.OpenTrace;
import io.tailrace.operators.serialization.SerializerSamples.Sample;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.api.Nested;

import java.lang.reflect.Array;
import java.util.List;

/** Flink's own demands of a serializer, on each of ours. */
class SerializersTest {

    @Nested
    class OfTraceId extends Of<TraceId> {
        OfTraceId() {
            super(TraceId.class);
        }
    }

    @Nested
    class OfTraceChunk extends Of<TraceChunk> {
        OfTraceChunk() {
            super(TraceChunk.class);
        }
    }

    @Nested
    class OfOpenTrace extends Of<OpenTrace> {
        OfOpenTrace() {
            super(OpenTrace.class);
        }
    }

    @Nested
    class OfDecidedTrace extends Of<DecidedTrace> {
        OfDecidedTrace() {
            super(DecidedTrace.class);
        }
    }

    @Nested
    class OfKeptSpans extends Of<KeptSpans> {
        OfKeptSpans() {
            super(KeptSpans.class);
        }
    }

    @Nested
    class OfDecisionRecord extends Of<DecisionRecord> {
        OfDecisionRecord() {
            super(DecisionRecord.class);
        }
    }

    @Nested
    class OfDeadLetter extends Of<DeadLetter> {
        OfDeadLetter() {
            super(DeadLetter.class);
        }
    }

    @Nested
    class OfSpanRequest extends Of<SpanRequest> {
        OfSpanRequest() {
            super(SpanRequest.class);
        }
    }

    abstract static class Of<T> extends SerializerTestBase<T> {
        private final Class<T> type;
        private final TypeSerializer<T> serializer;
        private final List<T> values;

        Of(Class<T> type) {
            this.type = type;
            Sample<T> sample = sample(type);
            serializer = sample.serializer();
            values = sample.values();
        }

        @SuppressWarnings("unchecked") // a sample's values are of its type
        private static <T> Sample<T> sample(Class<T> type) {
            return SerializerSamples.all()
                    .filter(each -> each.type() == type)
                    .map(each -> (Sample<T>) each)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        protected TypeSerializer<T> createSerializer() {
            return serializer;
        }

        @Override
        protected int getLength() {
            return type == TraceId.class ? 16 : -1;
        }

        @Override
        protected Class<T> getTypeClass() {
            return type;
        }

        @Override
        @SuppressWarnings("unchecked") // an array of its own component
        protected T[] getTestData() {
            return values.toArray((T[]) Array.newInstance(type, 0));
        }

        /** Values come from deserialize only; there is no empty one. */
        @Override
        protected void testInstantiate() {}
    }
}
