package io.tailrace.operators.span.wire;

import io.tailrace.operators.input.Rejects;
import io.tailrace.operators.input.UnreadableException;

import java.util.Arrays;

import static io.tailrace.operators.span.wire.WireReader.LENGTH;

/**
 * Where in an export request its resource spans, scope spans and spans are, and the fields beside
 * them ("headers": resource, scope, schema URL and whatever else there may be).
 *
 * <p>Everything above a span is checked here. The smallest part that holds a fault is left out, so
 * that what stands beside it goes on; only a fault in the request's own fields spoils all.
 */
final class RequestFrame {

    static final int RESOURCE_SPANS = 1;
    static final int SCOPE = 1;
    private static final int RESOURCE = 1;

    /** Scope spans in resource spans, and spans in scope spans. */
    static final int NESTED = 2;

    final Fields resourceHeaders = new Fields();
    final Fields scopeHeaders = new Fields();
    final Fields spans = new Fields();

    private final OtlpChecker checker = new OtlpChecker();
    private final WireReader requestReader = new WireReader();
    private final WireReader resourceReader = new WireReader();
    private final WireReader scopeReader = new WireReader();
    private final Ends resources = new Ends();
    private final Ends scopes = new Ends();

    void read(byte[] bytes, Rejects rejects) throws UnreadableException {
        resourceHeaders.clear();
        scopeHeaders.clear();
        spans.clear();
        resources.size = 0;
        scopes.size = 0;
        // A request that is cut off is unreadable as a whole, so find that out before all else.
        requestReader.over(bytes, 0, bytes.length);
        while (requestReader.next()) {
            if (requestReader.field() == RESOURCE_SPANS && requestReader.type() != LENGTH) {
                throw WireReader.malformed("resource spans that are none", requestReader.start());
            }
        }
        requestReader.over(bytes, 0, bytes.length);
        while (requestReader.next()) {
            if (requestReader.is(RESOURCE_SPANS, LENGTH)) {
                readResourceSpans(bytes, requestReader.from(), requestReader.to(), rejects);
            }
        }
    }

    /**
     * Reads a request, or a part of one, that was read before.
     *
     * @throws IllegalStateException where it holds a fault nevertheless
     */
    void readAgain(byte[] bytes) {
        try {
            read(
                    bytes,
                    (reason, error, all, from, to) -> {
                        throw new IllegalStateException("A request that was good once: " + error);
                    });
        } catch (UnreadableException fault) {
            throw new IllegalStateException("A request that was good once", fault);
        }
    }

    private void readResourceSpans(byte[] bytes, int from, int to, Rejects rejects) {
        int headersBefore = resourceHeaders.size();
        int scopesBefore = scopes.size;
        int scopeHeadersBefore = scopeHeaders.size();
        int spansBefore = spans.size();
        try {
            checker.check(OtlpMessage.RESOURCE_SPANS, bytes, from, to);
            resourceReader.over(bytes, from, to);
            while (resourceReader.next()) {
                if (resourceReader.is(NESTED, LENGTH)) {
                    readScopeSpans(bytes, resourceReader.from(), resourceReader.to(), rejects);
                } else {
                    resourceHeaders.add(resourceReader);
                }
            }
            resources.add(resourceHeaders.size(), scopes.size);
        } catch (UnreadableException fault) {
            resourceHeaders.cutTo(headersBefore);
            scopes.size = scopesBefore;
            scopeHeaders.cutTo(scopeHeadersBefore);
            spans.cutTo(spansBefore);
            rejects.reject(fault.reason(), fault.getMessage(), bytes, from, to);
        }
    }

    private void readScopeSpans(byte[] bytes, int from, int to, Rejects rejects) {
        int headersBefore = scopeHeaders.size();
        int spansBefore = spans.size();
        try {
            scopeReader.over(bytes, from, to);
            while (scopeReader.next()) {
                if (scopeReader.is(NESTED, LENGTH)) {
                    spans.add(scopeReader);
                } else {
                    checker.checkField(OtlpMessage.SCOPE_SPANS, scopeReader, bytes);
                    scopeHeaders.add(scopeReader);
                }
            }
            scopes.add(scopeHeaders.size(), spans.size());
        } catch (UnreadableException fault) {
            scopeHeaders.cutTo(headersBefore);
            spans.cutTo(spansBefore);
            rejects.reject(fault.reason(), fault.getMessage(), bytes, from, to);
        }
    }

    int resourceCount() {
        return resources.size;
    }

    int firstResourceHeader(int resource) {
        return resources.firstHeader(resource);
    }

    int firstScope(int resource) {
        return resources.firstInner(resource);
    }

    int firstScopeHeader(int scope) {
        return scopes.firstHeader(scope);
    }

    int firstSpan(int scope) {
        return scopes.firstInner(scope);
    }

    /** Whether a header of resource spans is the resource itself. */
    static boolean isResource(byte[] bytes, int tagAt) {
        return isTag(bytes, tagAt, RESOURCE << 3 | LENGTH);
    }

    /** Whether a header of scope spans is the scope itself. */
    static boolean isScope(byte[] bytes, int tagAt) {
        return isTag(bytes, tagAt, SCOPE << 3 | LENGTH);
    }

    /** Also where it is written with more bytes than it needs. */
    private static boolean isTag(byte[] bytes, int at, int tag) {
        int value = bytes[at] & 0x7f;
        for (int i = at, shift = 7; bytes[i] < 0; shift += 7) {
            value |= (bytes[++i] & 0x7f) << shift;
        }
        return value == tag;
    }

    /** For each of a kind of message: where its headers and inner messages end in their lists. */
    private static final class Ends {
        private int[] headers = new int[16];
        private int[] inner = new int[16];
        private int size;

        void add(int headersEnd, int innerEnd) {
            if (size == headers.length) {
                headers = Arrays.copyOf(headers, 2 * size);
                inner = Arrays.copyOf(inner, 2 * size);
            }
            headers[size] = headersEnd;
            inner[size] = innerEnd;
            size++;
        }

        /** Of the {@code i}th; also for {@code i == size}, where it is the end of all. */
        int firstHeader(int i) {
            return i == 0 ? 0 : headers[i - 1];
        }

        int firstInner(int i) {
            return i == 0 ? 0 : inner[i - 1];
        }
    }
}
