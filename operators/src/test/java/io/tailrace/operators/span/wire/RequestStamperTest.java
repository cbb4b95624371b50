package io.tailrace.operators.span.wire;

import com.google.protobuf.CodedInputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import io.tailrace.operators.span.tracestate.SamplingThreshold;
import io.tailrace.operators.span.tracestate.TraceStateChange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestStamperTest {

    private static final int SEEDS = 2000;
    private static final TraceStateChange ERASED = new TraceStateChange.Erased();
    private static final TraceStateChange UNTOUCHED = new TraceStateChange.Untouched();
    private static final TraceStateChange HALF =
            new TraceStateChange.AtLeast(SamplingThreshold.ofPercentage(50));

    private static final List<Said> STAMPS =
            List.of(
                    new Said("errors", null, UNTOUCHED),
                    new Said("订单 rates", "slow", UNTOUCHED),
                    new Said("baseline", null, HALF),
                    new Said("rates", "baseline", ERASED),
                    new Said(null, null, HALF),
                    new Said(null, null, ERASED),
                    new Said("", "", new TraceStateChange.AtLeast(0)),
                    new Said("long ".repeat(1000), null, HALF));

    private final RequestStamper stamper = new RequestStamper();

    /** What a stamp says, and the plain way to put it onto a parsed request. */
    private record Said(String policy, String compositePolicy, TraceStateChange change) {

        Stamp stamp() {
            return new Stamp(policy, compositePolicy, change);
        }

        ExportTraceServiceRequest on(ExportTraceServiceRequest request) {
            ExportTraceServiceRequest.Builder stamped = request.toBuilder();
            for (ResourceSpans.Builder resource : stamped.getResourceSpansBuilderList()) {
                resource.getScopeSpansBuilderList().forEach(this::stampScopeSpans);
            }
            return stamped.build();
        }

        private void stampScopeSpans(ScopeSpans.Builder scope) {
            if (policy != null) {
                stampScope(scope.getScopeBuilder());
            }
            for (Span.Builder span : scope.getSpansBuilderList()) {
                span.setTraceState(change.of(span.getTraceState()));
            }
        }

        private void stampScope(InstrumentationScope.Builder scope) {
            List<KeyValue> others =
                    scope.getAttributesList().stream()
                            .filter(attribute -> !isStamp(attribute.getKey()))
                            .toList();
            scope.clearAttributes()
                    .addAllAttributes(others)
                    .addAttributes(Requests.attribute("tailsampling.policy", policy));
            if (compositePolicy != null) {
                scope.addAttributes(
                        Requests.attribute("tailsampling.composite_policy", compositePolicy));
            }
        }

        private static boolean isStamp(String key) {
            return key.equals("tailsampling.policy") || key.equals("tailsampling.composite_policy");
        }
    }

    @Test
    void changesWhatTheStampSaysAndNothingElse() throws Exception {
        int spans = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] request = new ManyPartRequests(seed).next();
            ExportTraceServiceRequest before = ExportTraceServiceRequest.parseFrom(request);
            Said said = STAMPS.get((int) seed % STAMPS.size());

            byte[] stamped = stamper.stamp(request, said.stamp());

            assertThat(ExportTraceServiceRequest.parseFrom(stamped))
                    .as("seed %d", seed)
                    .isEqualTo(said.on(before));
            if (said.policy() != null) {
                assertEachHasOneScope(stamped, seed);
            }
            spans += SpanRange.of(stamped).size();
        }
        assertThat(spans).isGreaterThan(SEEDS);
    }

    @Test
    void stampsAnewAsIfItWereTheFirstTime() throws Exception {
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] request = new ManyPartRequests(seed).next();
            Said first = STAMPS.get((int) seed % STAMPS.size());
            Said second = new Said("second", seed % 2 == 0 ? "inner" : null, UNTOUCHED);

            byte[] twice = stamper.stamp(stamper.stamp(request, first.stamp()), second.stamp());
            byte[] once =
                    stamper.stamp(
                            request,
                            new Said(second.policy, second.compositePolicy, first.change).stamp());

            assertThat(ExportTraceServiceRequest.parseFrom(twice))
                    .as("seed %d", seed)
                    .isEqualTo(ExportTraceServiceRequest.parseFrom(once));
            assertThat(stamper.stamp(twice, second.stamp())).as("seed %d", seed).isEqualTo(twice);
        }
    }

    @Test
    void copiesSpansByteForByteWhereTheirTraceStateStays() throws Exception {
        int spans = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            byte[] request = new ManyPartRequests(seed).next();
            TraceStateChange change = STAMPS.get((int) seed % STAMPS.size()).change();

            byte[] stamped = stamper.stamp(request, new Stamp("policy", null, change));

            List<SpanRange> before = SpanRange.of(request);
            List<SpanRange> after = SpanRange.of(stamped);
            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                byte[] span = bytes(request, before.get(i));
                String state = Span.parseFrom(span).getTraceState();
                if (change.of(state).equals(state)) {
                    assertThat(bytes(stamped, after.get(i))).as("seed %d", seed).isEqualTo(span);
                    spans++;
                }
            }
        }
        assertThat(spans).isGreaterThan(SEEDS / 2);
    }

    private static byte[] bytes(byte[] request, SpanRange range) {
        return Arrays.copyOfRange(request, range.from(), range.to());
    }

    @Test
    void givesTheSameRequestWhereTheStampSaysNothing() {
        byte[] request = {1, 2, 3};

        assertThat(stamper.stamp(request, new Stamp(null, null, UNTOUCHED))).isSameAs(request);
    }

    @Test
    void givesASpanWithoutTraceStateOne() throws Exception {
        Span span = Requests.span(new TraceId(1, 2), 3).build();

        byte[] stamped =
                stamper.stamp(Requests.of(span).toByteArray(), new Stamp("half", null, HALF));

        ScopeSpans scope =
                ExportTraceServiceRequest.parseFrom(stamped).getResourceSpans(0).getScopeSpans(0);
        assertThat(scope.getScope().getAttributesList())
                .containsExactly(Requests.attribute("tailsampling.policy", "half"));
        assertThat(scope.getSpansList())
                .containsExactly(span.toBuilder().setTraceState("ot=th:8").build());
    }

    @Test
    @Timeout(60)
    void refusesDamagedRequestsOrStampsWhatIsLeftOfThem() {
        int refused = 0;
        int stamped = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            byte[] request = ManyPartRequests.damaged(seed);
            try {
                stamper.stamp(request, STAMPS.get((int) seed % STAMPS.size()).stamp());
                stamped++;
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessageContaining("good once");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
        assertThat(stamped).isGreaterThan(500);
    }

    @Test
    void hasNoInnerPolicyWithoutAnOuterOne() {
        assertThatThrownBy(() -> new Stamp(null, "inner", UNTOUCHED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Some readers merge the parts of a scope, others take only the last. */
    private static void assertEachHasOneScope(byte[] request, long seed) throws IOException {
        assertOneScope(CodedInputStream.newInstance(request), 0, seed);
    }

    private static void assertOneScope(CodedInputStream in, int depth, long seed)
            throws IOException {
        int scopes = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (depth < 2 && tag == ((depth == 0 ? 1 : 2) << 3 | 2)) {
                int outer = in.pushLimit(in.readRawVarint32());
                assertOneScope(in, depth + 1, seed);
                in.popLimit(outer);
            } else {
                scopes += tag == (1 << 3 | 2) ? 1 : 0;
                in.skipField(tag);
            }
        }
        if (depth == 2) {
            assertThat(scopes).as("seed %d", seed).isEqualTo(1);
        }
    }
}
