package io.tailrace.operators.span.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.span.RandomRequests;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.UnknownFields;
import io.tailrace.operators.span.tracestate.RandomTraceStates;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Random requests, with unknown fields, all sorts of trace states and scopes that were stamped
 * before; some written as only few do: scopes in several parts and before or behind the spans,
 * trace states several times, tags with more bytes than they need.
 */
final class ManyPartRequests {

    private static final int MOST_DAMAGED_BYTES = 3000;

    private static final List<byte[]> TO_DAMAGE =
            LongStream.range(0, 400)
                    .mapToObj(seed -> new ManyPartRequests(seed).next())
                    .filter(request -> request.length > 1 && request.length < MOST_DAMAGED_BYTES)
                    .toList();

    private final Random random;
    private final RandomRequests requests;
    private final RandomTraceStates states;
    private final UnknownFields unknown;

    ManyPartRequests(long seed) {
        random = new Random(seed);
        requests = new RandomRequests(seed);
        states = new RandomTraceStates(seed);
        unknown = new UnknownFields(seed);
    }

    byte[] next() {
        ExportTraceServiceRequest.Builder request = unknown.addTo(requests.next()).toBuilder();
        request.getResourceSpansBuilderList().stream()
                .flatMap(resource -> resource.getScopeSpansBuilderList().stream())
                .forEach(this::vary);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ResourceSpans resource : request.getResourceSpansList()) {
            ByteArrayOutputStream parts = new ByteArrayOutputStream();
            parts.writeBytes(resource.toBuilder().clearScopeSpans().build().toByteArray());
            resource.getScopeSpansList().forEach(scope -> write(parts, 2, scopeSpans(scope)));
            write(bytes, 1, parts.toByteArray());
        }
        return bytes.toByteArray();
    }

    /** One with a few bytes changed, often cut off. */
    static byte[] damaged(long seed) {
        Random random = new Random(seed);
        byte[] request = TO_DAMAGE.get(random.nextInt(TO_DAMAGE.size()));
        request = Arrays.copyOf(request, request.length - random.nextInt(2));
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
            request[random.nextInt(request.length)] = (byte) random.nextInt();
        }
        return request;
    }

    private void vary(ScopeSpans.Builder scope) {
        String common = states.next();
        for (Span.Builder span : scope.getSpansBuilderList()) {
            switch (random.nextInt(4)) {
                case 0 -> span.clearTraceState();
                case 1 -> span.setTraceState(states.next());
                default -> span.setTraceState(common);
            }
        }
        if (scope.hasScope() && random.nextBoolean()) {
            int place = random.nextInt(scope.getScope().getAttributesCount() + 1);
            scope.getScopeBuilder().addAttributes(place, earlierStamp());
        }
    }

    private KeyValue earlierStamp() {
        return switch (random.nextInt(5)) {
            case 0 -> Requests.attribute("tailsampling.policy", 5);
            case 1 -> Requests.attribute("tailsampling.policy", "before");
            case 2 -> Requests.attribute("tailsampling.composite_policy", "before");
            case 3 -> Requests.attribute("tailsampling.policy", AnyValue.newBuilder());
            default -> Requests.attribute("tailsampling.policy.other", "stays");
        };
    }

    private byte[] scopeSpans(ScopeSpans scope) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(scope.toBuilder().clearScope().clearSpans().build().toByteArray());
        InstrumentationScope whole = scope.getScope();
        List<InstrumentationScope> parts =
                switch (scope.hasScope() ? random.nextInt(3) : 3) {
                    case 0 -> List.of(whole);
                    case 1 -> List.of(whole.toBuilder().clearVersion().build(), whole);
                    case 2 -> List.of(InstrumentationScope.getDefaultInstance(), whole, whole);
                    default -> List.of();
                };
        int behind = random.nextInt(parts.size() + 1);
        parts.subList(0, behind).forEach(part -> write(bytes, 1, part.toByteArray()));
        scope.getSpansList().forEach(span -> write(bytes, 2, span(span)));
        parts.subList(behind, parts.size()).forEach(part -> write(bytes, 1, part.toByteArray()));
        return bytes.toByteArray();
    }

    private byte[] span(Span span) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (random.nextInt(4) == 0) {
            write(bytes, 3, ByteString.copyFromUtf8(states.next()).toByteArray());
        }
        bytes.writeBytes(span.toByteArray());
        return bytes.toByteArray();
    }

    private void write(ByteArrayOutputStream to, int field, byte[] bytes) {
        if (random.nextInt(8) == 0) {
            to.write(field << 3 | 2 | 0x80);
            to.write(0x80);
            to.write(0);
        } else {
            to.write(field << 3 | 2);
        }
        try {
            CodedOutputStream length = CodedOutputStream.newInstance(to);
            length.writeUInt32NoTag(bytes.length);
            length.flush();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        to.writeBytes(bytes);
    }
}
