package io.tailrace.operators.span.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/** The table against the descriptors of opentelemetry-proto, so that a new field is noticed. */
class OtlpMessageTest {

    private static final Map<OtlpMessage, Descriptor> DESCRIPTORS =
            Map.ofEntries(
                    entry(OtlpMessage.ANY_VALUE, AnyValue.getDescriptor()),
                    entry(OtlpMessage.ARRAY_VALUE, ArrayValue.getDescriptor()),
                    entry(OtlpMessage.KEY_VALUE, KeyValue.getDescriptor()),
                    entry(OtlpMessage.KEY_VALUE_LIST, KeyValueList.getDescriptor()),
                    entry(OtlpMessage.ENTITY_REF, EntityRef.getDescriptor()),
                    entry(OtlpMessage.RESOURCE, Resource.getDescriptor()),
                    entry(OtlpMessage.SCOPE, InstrumentationScope.getDescriptor()),
                    entry(OtlpMessage.EVENT, Span.Event.getDescriptor()),
                    entry(OtlpMessage.LINK, Span.Link.getDescriptor()),
                    entry(OtlpMessage.STATUS, Status.getDescriptor()),
                    entry(OtlpMessage.SPAN, Span.getDescriptor()),
                    entry(OtlpMessage.RESOURCE_SPANS, ResourceSpans.getDescriptor()),
                    entry(OtlpMessage.SCOPE_SPANS, ScopeSpans.getDescriptor()));

    /** Those that the walker goes into itself. */
    private static final Set<Descriptor> WALKED =
            Set.of(ScopeSpans.getDescriptor(), Span.getDescriptor());

    @ParameterizedTest
    @EnumSource
    void knowsEveryTextAndMessage(OtlpMessage message) {
        for (FieldDescriptor field : DESCRIPTORS.get(message).getFields()) {
            boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            assertThat(message.isText(field.getNumber()))
                    .as("%s is a text", field.getFullName())
                    .isEqualTo(field.getType() == FieldDescriptor.Type.STRING);
            assertThat(message.message(field.getNumber()))
                    .as("%s is a message", field.getFullName())
                    .isEqualTo(
                            isMessage && !WALKED.contains(field.getMessageType())
                                    ? of(field.getMessageType())
                                    : null);
            int wireType = field.getLiteType().getWireType();
            for (int type = 0; type <= 5; type++) {
                assertThat(message.allows(field.getNumber(), type))
                        .as("%s as wire type %d", field.getFullName(), type)
                        .isEqualTo(type == wireType);
            }
            // A parser looks into packed numbers too, and the checker would not.
            assertThat(field.isPacked()).as("%s is packed", field.getFullName()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsNothingBeyond(OtlpMessage message) {
        for (int field = 0; field < 2000; field++) {
            if (DESCRIPTORS.get(message).findFieldByNumber(field) == null) {
                assertThat(message.isText(field)).as("field %d", field).isFalse();
                assertThat(message.message(field)).as("field %d", field).isNull();
                assertThat(message.allows(field, 3)).as("field %d", field).isTrue();
            }
        }
    }

    @Test
    void hasEveryMessageThatARequestCanHold() {
        Set<Descriptor> reachable = new HashSet<>();
        Deque<Descriptor> next = new ArrayDeque<>(Set.of(ResourceSpans.getDescriptor()));
        while (!next.isEmpty()) {
            Descriptor message = next.remove();
            if (reachable.add(message)) {
                message.getFields().stream()
                        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                        .forEach(field -> next.add(field.getMessageType()));
            }
        }

        assertThat(DESCRIPTORS.values()).containsExactlyInAnyOrderElementsOf(reachable);
        assertThat(DESCRIPTORS).containsOnlyKeys(OtlpMessage.values());
    }

    private static OtlpMessage of(Descriptor descriptor) {
        return DESCRIPTORS.entrySet().stream()
                .filter(each -> each.getValue().equals(descriptor))
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
