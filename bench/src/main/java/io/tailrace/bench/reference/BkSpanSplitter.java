package io.tailrace.bench.reference;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.span.TraceId;

import java.io.IOException;
import java.util.Arrays;

/** Cuts a record into its spans, each as the text that it is, in one pass and without a tree. */
final class BkSpanSplitter implements FlatMapFunction<SpanRequest, BkSpan> {

    private static final long serialVersionUID = 1L;

    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public void flatMap(SpanRequest request, Collector<BkSpan> out) throws IOException {
        byte[] text = request.payload();
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean items = json.currentName().equals("items");
                json.nextToken();
                if (items) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        out.collect(span(json, text));
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    private static BkSpan span(JsonParser json, byte[] text) throws IOException {
        int from = (int) json.currentTokenLocation().getByteOffset();
        TraceId traceId = null;
        long spanId = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("trace_id")) {
                String hex = json.getText();
                traceId =
                        new TraceId(
                                Long.parseUnsignedLong(hex, 0, 16, 16),
                                Long.parseUnsignedLong(hex, 16, 32, 16));
            } else if (name.equals("span_id")) {
                spanId = Long.parseUnsignedLong(json.getText(), 16);
            } else {
                json.skipChildren();
            }
        }
        int to = (int) json.currentTokenLocation().getByteOffset() + 1;
        return new BkSpan(traceId, spanId, Arrays.copyOfRange(text, from, to));
    }
}
