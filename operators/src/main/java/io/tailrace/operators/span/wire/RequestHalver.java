package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import java.util.List;

/** Cuts a request that is too large for a message into two with half of the spans each. */
public final class RequestHalver {

    private final RequestFrame frame = new RequestFrame();
    private final ChunkWriter writer = new ChunkWriter();

    /**
     * @param request one that was read before, with two or more spans
     * @return two requests, each with its spans' resources and scopes
     */
    public List<byte[]> halve(byte[] request) {
        try {
            frame.read(
                    request,
                    (reason, error, bytes, from, to) -> {
                        throw new IllegalStateException("A request that was good once: " + error);
                    });
        } catch (UnreadableException fault) {
            throw new IllegalStateException("A request that was good once", fault);
        }
        int middle = frame.spans.size() / 2;
        return List.of(part(request, 0, middle), part(request, middle, frame.spans.size()));
    }

    private byte[] part(byte[] request, int first, int end) {
        writer.start(request, frame);
        int resource = frame.resourceCount() - 1;
        int scope = frame.firstScope(resource + 1) - 1;
        for (int span = end - 1; span >= first; span--) {
            while (frame.firstSpan(scope) > span) {
                scope--;
            }
            while (frame.firstScope(resource) > scope) {
                resource--;
            }
            writer.prepend(resource, scope, span);
        }
        return writer.finish();
    }
}
