package io.tailrace.jobs.source.splits;

import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands out splits that are all known from the beginning: the one at index i to reader i modulo the
 * parallelism, when it registers. Its checkpoint is what no reader has yet; the rest is in the
 * readers' own state.
 */
public final class FixedSplitsEnumerator<S extends SourceSplit>
        implements SplitEnumerator<S, List<S>> {

    private final SplitEnumeratorContext<S> context;
    private final Map<Integer, List<S>> shares = new HashMap<>();
    private final List<S> returned = new ArrayList<>();

    /**
     * @param splits all splits, or what a checkpoint says is not handed out
     */
    public FixedSplitsEnumerator(SplitEnumeratorContext<S> context, Collection<S> splits) {
        this.context = context;
        int reader = 0;
        for (S split : splits) {
            shares.computeIfAbsent(reader, share -> new ArrayList<>()).add(split);
            reader = (reader + 1) % context.currentParallelism();
        }
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int reader) {
        List<S> share = new ArrayList<>(returned);
        returned.clear();
        List<S> own = shares.remove(reader);
        if (own != null) {
            share.addAll(own);
        }
        if (!share.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(Map.of(reader, share)));
        }
        context.signalNoMoreSplits(reader);
    }

    /** Keeps the splits of a reader that failed for the one that registers next: its successor. */
    @Override
    public void addSplitsBack(List<S> splits, int reader) {
        returned.addAll(splits);
    }

    /** Nothing to do: a reader has all it will get from the moment it registered. */
    @Override
    public void handleSplitRequest(int reader, String host) {}

    @Override
    public List<S> snapshotState(long checkpoint) {
        List<S> waiting = new ArrayList<>(returned);
        shares.values().forEach(waiting::addAll);
        return waiting;
    }

    @Override
    public void close() {}
}
