package io.tailrace.operators.span.json;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.operators.span.RandomRequests;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class OtlpJsonRoundTripTest {

    private final OtlpJsonReader reader = new OtlpJsonReader();
    private final OtlpJsonWriter writer = new OtlpJsonWriter();

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        for (long seed = 0; seed < 50; seed++) {
            RandomRequests requests = new RandomRequests(seed);
            for (int i = 0; i < 10; i++) {
                ExportTraceServiceRequest request = requests.next();
                byte[] json = writer.write(request.toByteArray());

                assertThat(json).as("seed %d", seed).doesNotContain('\n').doesNotContain('\r');
                assertSame(json, request, seed);
            }
        }
    }

    @Test
    void otherWaysToWriteTheSameAreReadAsTheSame() throws Exception {
        for (long seed = 0; seed < 50; seed++) {
            RandomRequests requests = new RandomRequests(seed);
            VariantJson variant = new VariantJson(new Random(seed));
            for (int i = 0; i < 10; i++) {
                ExportTraceServiceRequest request = requests.next();
                String json = variant.write(request);

                assertSame(json.getBytes(StandardCharsets.UTF_8), request, seed);
            }
        }
    }

    @Test
    void theTextIsThatOfTheSpecification() throws Exception {
        Span span =
                Span.newBuilder()
                        .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
                        .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
                        .setName("I'm a server span")
                        .setKindValue(2)
                        .setStartTimeUnixNano(-1)
                        .setFlags(-1)
                        .addAttributes(attribute(AnyValue.newBuilder().setStringValue("")))
                        .addAttributes(attribute(AnyValue.newBuilder().setBoolValue(false)))
                        .addAttributes(attribute(AnyValue.newBuilder().setIntValue(0)))
                        .addAttributes(attribute(AnyValue.newBuilder().setDoubleValue(0.5)))
                        .addAttributes(attribute(AnyValue.newBuilder().setDoubleValue(Double.NaN)))
                        .addAttributes(
                                attribute(
                                        AnyValue.newBuilder()
                                                .setBytesValue(ByteString.fromHex("fffe"))))
                        .addAttributes(attribute(AnyValue.newBuilder()))
                        .build();
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.newBuilder()
                        .addResourceSpans(
                                ResourceSpans.newBuilder()
                                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                        .build();

        assertThat(text(writer.write(request.toByteArray())))
                .isEqualTo(
                        """
                        {"resourceSpans":[{"scopeSpans":[{"spans":[{\
                        "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",\
                        "flags":4294967295,"name":"I'm a server span","kind":2,\
                        "startTimeUnixNano":"18446744073709551615","attributes":[\
                        {"key":"k","value":{"stringValue":""}},\
                        {"key":"k","value":{"boolValue":false}},\
                        {"key":"k","value":{"intValue":"0"}},\
                        {"key":"k","value":{"doubleValue":0.5}},\
                        {"key":"k","value":{"doubleValue":"NaN"}},\
                        {"key":"k","value":{"bytesValue":"//4="}},\
                        {"key":"k","value":{}}]}]}]}]}""");
    }

    private static KeyValue attribute(AnyValue.Builder value) {
        return KeyValue.newBuilder().setKey("k").setValue(value).build();
    }

    private void assertSame(byte[] json, ExportTraceServiceRequest request, long seed)
            throws Exception {
        Rejections rejections = new Rejections();
        byte[] otlp = reader.read(json, rejections);
        assertThat(rejections.all).as("seed %d", seed).isEmpty();
        // Both requests in full would be a message of megabytes.
        assertThat(ExportTraceServiceRequest.parseFrom(otlp).equals(request))
                .as("seed %d: read as it was from %.2000s", seed, text(json))
                .isTrue();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
