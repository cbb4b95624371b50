package io.tailrace.operators.pairing.waiting;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import io.tailrace.operators.span.TraceId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sides that wait, and what is told of them as text. */
public final class ListenedSides extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<SideBlock, String> {

    private static final long serialVersionUID = 1L;

    private final Duration wait;
    private final int maxSides;
    private final long budget;
    private transient WaitingSides waiting;

    public ListenedSides(Duration wait, int maxSides, long budget) {
        this.wait = wait;
        this.maxSides = maxSides;
        this.budget = budget;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waiting =
                new WaitingSides(
                        backend(),
                        getRuntimeContext().getTaskInfo(),
                        wait,
                        maxSides,
                        budget,
                        true,
                        new Texts(),
                        getMetricGroup().addGroup("tailrace"));
        waiting.restore();
    }

    private KeyedStateBackend<TraceId> backend() {
        return getKeyedStateBackend();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the engine declares it
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    public void processElement(StreamRecord<SideBlock> element) throws Exception {
        waiting.add(element.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        waiting.advance(mark.getTimestamp());
        if (mark.getTimestamp() % 3 == 0) {
            waiting.writeAhead(mark.getTimestamp() + 2000);
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        waiting.beforeSnapshot();
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return waiting.bytes();
    }

    /** All that state has, entries of every kind. */
    List<String> stored() throws Exception {
        List<String> entries = new ArrayList<>();
        ListStateDescriptor<SideBlock> blocks =
                new ListStateDescriptor<>("side-blocks", SideBlock.STORED);
        List<Tuple2<TraceId, Long>> lists;
        try (var all = backend().<Long>getKeysAndNamespaces("side-blocks")) {
            lists = all.toList();
        }
        for (Tuple2<TraceId, Long> list : lists) {
            backend().setCurrentKey(list.f0);
            for (SideBlock block :
                    backend().getPartitionedState(list.f1, LongSerializer.INSTANCE, blocks).get()) {
                block.forEach(
                        new Side(),
                        entry -> entries.add(entry.kind() + " of span " + entry.spanId()));
            }
        }
        return entries;
    }

    private void tell(String text) {
        output.collect(new StreamRecord<>(text));
    }

    private final class Texts implements PairListener {
        @Override
        public void paired(Side caller, Side callee) {
            tell(caller.spanId() + " -> " + callee.spanId());
        }

        @Override
        public void alone(Side side) {
            tell("alone " + side.spanId());
        }

        @Override
        public void duplicate(Side side) {
            tell("again " + side.spanId());
        }

        @Override
        public void aboveLimit(Side side) {
            tell("too many " + side.spanId());
        }
    }
}
