package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.util.BitSet;

/**
 * Leaves spans out of a request, and scope and resource spans that have none then. What stays is
 * copied as it is, as {@link ChunkWriter} does. Each instance is used by one thread.
 */
public final class SpanCutter {

    private final RequestFrame frame = new RequestFrame();
    private final ChunkWriter writer = new ChunkWriter();
    private final SpanView view = new SpanView();
    private final BitSet kept = new BitSet();

    /** Says of each span of a request, in their order, whether it stays. */
    @FunctionalInterface
    public interface Choice {
        /** The view moves: nothing of it may be kept beyond the call. */
        boolean keeps(SpanView span);
    }

    /**
     * @param request one that was read before
     * @return what stays: the same array where all do, an empty one where none does
     * @throws IllegalStateException where it cannot be read
     */
    public byte[] cut(byte[] request, Choice choice) {
        frame.readAgain(request);
        kept.clear();
        try {
            for (int i = 0; i < frame.spans.size(); i++) {
                kept.set(
                        i,
                        choice.keeps(view.read(request, frame.spans.from(i), frame.spans.to(i))));
            }
        } catch (UnreadableException fault) {
            throw new IllegalStateException("A request that was good once", fault);
        }
        return written(request);
    }

    /**
     * Keeps the first so many spans.
     *
     * @param most 0 or more
     */
    public byte[] first(byte[] request, int most) {
        frame.readAgain(request);
        kept.clear();
        kept.set(0, Math.min(most, frame.spans.size()));
        return written(request);
    }

    /** How many spans stayed in the last cut. */
    public int spans() {
        return kept.cardinality();
    }

    private byte[] written(byte[] request) {
        return spans() == frame.spans.size() ? request : writer.write(request, frame, kept::get);
    }
}
