package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.tracestate.TraceStateChange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;

/**
 * Writes spans with their trace state changed. The spans of a trace mostly have one trace state, so
 * it remembers the last one and what became of it.
 */
final class SpanStamper {

    private final WireReader reader = new WireReader();

    private TraceStateChange change;
    private byte[] last;

    /** The trace state that the last one becomes; null where it stays as it is. */
    private byte[] changed;

    /** Begins anew, with this change. */
    void start(TraceStateChange change) {
        this.change = change;
        last = null;
    }

    /** Puts a span, the field that lies in {@code start..to}, before all else. */
    void prepend(byte[] request, int start, int from, int to, BackwardWriter out)
            throws UnreadableException {
        // Where the field is; an absent one stands, empty, at the span's end.
        int fieldStart = to;
        int textFrom = to;
        int fieldEnd = to;
        reader.over(request, from, to);
        while (reader.next()) {
            // Of several the last counts, for every reader.
            if (reader.is(SpanView.TRACE_STATE, LENGTH)) {
                fieldStart = reader.start();
                textFrom = reader.from();
                fieldEnd = reader.to();
            }
        }
        change(request, textFrom, fieldEnd);
        if (changed == null) {
            out.prepend(request, start, to);
            return;
        }
        int before = out.length();
        out.prepend(request, fieldEnd, to);
        int beforeField = out.length();
        out.prepend(changed);
        out.close(SpanView.TRACE_STATE, beforeField);
        out.prepend(request, from, fieldStart);
        out.close(RequestFrame.NESTED, before);
    }

    private void change(byte[] request, int from, int to) {
        if (last != null && Arrays.equals(request, from, to, last, 0, last.length)) {
            return;
        }
        last = Arrays.copyOfRange(request, from, to);
        String text = new String(last, StandardCharsets.UTF_8);
        String after = change.of(text);
        changed = after.equals(text) ? null : after.getBytes(StandardCharsets.UTF_8);
    }
}
