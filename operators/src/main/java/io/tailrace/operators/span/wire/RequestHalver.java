package io.tailrace.operators.span.wire;

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
        frame.readAgain(request);
        int middle = frame.spans.size() / 2;
        return List.of(
                writer.write(request, frame, span -> span < middle),
                writer.write(request, frame, span -> span >= middle));
    }
}
