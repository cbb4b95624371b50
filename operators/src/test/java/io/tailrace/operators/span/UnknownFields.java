package io.tailrace.operators.span;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

import java.util.Random;

/** Gives requests fields of a later OTLP: of every wire type, groups included, on every level. */
public final class UnknownFields {

    private static final int[] NUMBERS = {20, 31, 32, 33, 500, 1 << 20, (1 << 29) - 1};

    private final Random random;

    public UnknownFields(long seed) {
        random = new Random(seed);
    }

    public ExportTraceServiceRequest addTo(ExportTraceServiceRequest request) {
        ExportTraceServiceRequest.Builder all = request.toBuilder();
        all.getResourceSpansBuilderList().forEach(this::addTo);
        return all.build();
    }

    private void addTo(ResourceSpans.Builder resource) {
        resource.mergeUnknownFields(some(0));
        if (resource.hasResource()) {
            resource.getResourceBuilder().mergeUnknownFields(some(0));
        }
        resource.getScopeSpansBuilderList().forEach(this::addTo);
    }

    private void addTo(ScopeSpans.Builder scope) {
        scope.mergeUnknownFields(some(0));
        if (scope.hasScope()) {
            scope.getScopeBuilder().mergeUnknownFields(some(0));
        }
        for (Span.Builder span : scope.getSpansBuilderList()) {
            span.mergeUnknownFields(some(0));
            span.getEventsBuilderList().forEach(event -> event.mergeUnknownFields(some(0)));
        }
    }

    private UnknownFieldSet some(int depth) {
        UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();
        for (int count = random.nextInt(4); count > 0; count--) {
            fields.mergeField(NUMBERS[random.nextInt(NUMBERS.length)], field(depth));
        }
        return fields.build();
    }

    private UnknownFieldSet.Field field(int depth) {
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        switch (random.nextInt(depth < 3 ? 5 : 4)) {
            case 0 -> field.addVarint(random.nextLong() >> random.nextInt(64));
            case 1 -> field.addFixed32(random.nextInt());
            case 2 -> field.addFixed64(random.nextLong());
            case 3 -> {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                field.addLengthDelimited(ByteString.copyFrom(bytes));
            }
            default -> field.addGroup(some(depth + 1));
        }
        return field.build();
    }
}
