package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.UnreadableException;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;

/** Writes the fields beside the spans of scope spans, with a stamp on their scope. */
final class ScopeStamper {

    private static final int NONE = -1;

    private final WireReader reader = new WireReader();
    private final WireReader attribute = new WireReader();
    private final Fields kept = new Fields();

    /**
     * Puts the headers of scope spans before all else. Of a scope that comes in several parts one
     * is made, for some readers merge them and others take only the last.
     */
    void prependHeaders(
            byte[] request, RequestFrame frame, int scope, Stamp stamp, BackwardWriter out)
            throws UnreadableException {
        int begin = frame.firstScopeHeader(scope);
        int end = frame.firstScopeHeader(scope + 1);
        int first = firstScope(request, frame.scopeHeaders, begin, end);
        for (int h = end - 1; h >= begin; h--) {
            if (h == first) {
                prependScope(request, frame.scopeHeaders, first, end, stamp, out);
            } else if (!RequestFrame.isScope(request, frame.scopeHeaders.start(h))) {
                out.prepend(request, frame.scopeHeaders, h);
            }
        }
        if (first == NONE) {
            prependScope(request, frame.scopeHeaders, end, end, stamp, out);
        }
    }

    private static int firstScope(byte[] request, Fields headers, int begin, int end) {
        for (int h = begin; h < end; h++) {
            if (RequestFrame.isScope(request, headers.start(h))) {
                return h;
            }
        }
        return NONE;
    }

    private void prependScope(
            byte[] request, Fields headers, int first, int end, Stamp stamp, BackwardWriter out)
            throws UnreadableException {
        kept.clear();
        for (int h = first; h < end; h++) {
            if (RequestFrame.isScope(request, headers.start(h))) {
                keepOthers(request, headers.from(h), headers.to(h));
            }
        }
        int before = out.length();
        out.prepend(stamp.attributes);
        for (int i = kept.size() - 1; i >= 0; i--) {
            out.prepend(request, kept, i);
        }
        out.close(RequestFrame.SCOPE, before);
    }

    /** Keeps all but the attributes that a stamp replaces. */
    private void keepOthers(byte[] request, int from, int to) throws UnreadableException {
        reader.over(request, from, to);
        while (reader.next()) {
            if (!reader.is(ScopeView.ATTRIBUTES, LENGTH)
                    || !isReplaced(request, reader.from(), reader.to())) {
                kept.add(reader);
            }
        }
    }

    private boolean isReplaced(byte[] request, int from, int to) throws UnreadableException {
        boolean replaced = false;
        attribute.over(request, from, to);
        while (attribute.next()) {
            if (attribute.is(Attributes.KEY, LENGTH)) {
                replaced = Stamp.replaces(request, attribute.from(), attribute.to());
            }
        }
        return replaced;
    }
}
