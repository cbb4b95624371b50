package io.tailrace.bench.workload;

import io.opentelemetry.proto.resource.v1.Resource;
import io.tailrace.bench.workload.Placement.Placed;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In what order a lane sends its spans, and which go together in a request.
 *
 * @param slots traces on their way at a time
 * @param startNanos when the first span comes, nanoseconds since the epoch
 * @param nanosPerSpan from one span to the next
 */
record LaneOrder(TraceMaker maker, int slots, long startNanos, long nanosPerSpan) {

    private static final int SPANS = TraceMaker.SPANS;

    /** Traces that follow each other in a slot, in one pass. */
    private static final int TURNS = 2;

    List<List<Placed>> requests(Workload workload) {
        return switch (workload) {
            case INTERLEAVED, VARIED -> batches(interleaved().iterator());
            case GROUPED -> flushes();
            case SINGLE -> batches(singles().iterator());
        };
    }

    /** As a Collector makes them of spans that come one by one. */
    private static List<List<Placed>> batches(Iterator<Placed> spans) {
        List<List<Placed>> requests = new ArrayList<>();
        while (spans.hasNext()) {
            List<Placed> request = new ArrayList<>(RequestPool.SPANS_PER_REQUEST);
            while (spans.hasNext() && request.size() < RequestPool.SPANS_PER_REQUEST) {
                request.add(spans.next());
            }
            requests.add(request);
        }
        return requests;
    }

    /**
     * Each slot sends its next span in its turn, and begins its next trace after the last. Slots do
     * not begin at a time: a tenth of them in each round. What is on its way at the end of a pass
     * goes on in the next.
     */
    private List<Placed> interleaved() {
        List<Placed> spans = new ArrayList<>(slots * SPANS * TURNS);
        List<List<MadeSpan>> open = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            open.add(traceOf(slot, TURNS - 1));
        }
        for (int round = 0; round < SPANS * TURNS; round++) {
            for (int slot = 0; slot < slots; slot++) {
                int turn = Math.floorDiv(round - firstRound(slot), SPANS);
                int index = Math.floorMod(round - firstRound(slot), SPANS);
                if (index == 0) {
                    open.set(slot, traceOf(slot, turn));
                }
                spans.add(new Placed(open.get(slot).get(index), turn < 0 ? -1 : 0));
            }
        }
        return spans;
    }

    private static int firstRound(int slot) {
        return slot % SPANS;
    }

    private List<MadeSpan> traceOf(int slot, int turn) {
        long round = firstRound(slot) + (long) turn * SPANS;
        return maker.trace(turn * slots + slot, nanosAt(round * slots + slot));
    }

    /** What one service had of a trace goes to its instance, which sends when it has enough. */
    private List<List<Placed>> flushes() {
        Map<Resource, List<Placed>> waiting = new LinkedHashMap<>();
        List<List<Placed>> requests = new ArrayList<>();
        for (int trace = 0; trace < slots * TURNS; trace++) {
            for (MadeSpan span : maker.trace(trace, nanosAt((long) trace * SPANS))) {
                waiting.computeIfAbsent(span.resource(), none -> new ArrayList<>())
                        .add(new Placed(span, 0));
            }
            for (Map.Entry<Resource, List<Placed>> queue : waiting.entrySet()) {
                if (queue.getValue().size() >= RequestPool.SPANS_PER_REQUEST) {
                    requests.add(queue.getValue());
                    queue.setValue(new ArrayList<>());
                }
            }
        }
        waiting.values().stream().filter(queue -> !queue.isEmpty()).forEach(requests::add);
        return requests;
    }

    private List<Placed> singles() {
        List<Placed> spans = new ArrayList<>(slots * SPANS * TURNS);
        for (int trace = 0; trace < slots * SPANS * TURNS; trace++) {
            spans.add(new Placed(maker.single(trace, nanosAt(trace)), 0));
        }
        return spans;
    }

    private long nanosAt(long position) {
        return startNanos + position * nanosPerSpan;
    }
}
