package io.tailrace.operators.metrics.red;

import io.tailrace.operators.metrics.Naming;
import io.tailrace.operators.span.OtlpNames;
import io.tailrace.operators.span.semconv.AttributeText;
import io.tailrace.operators.span.wire.ResourceView;
import io.tailrace.operators.span.wire.SpanView;
import io.tailrace.operators.span.wire.Utf8Builder;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Where the value of a dimension comes from. Each writes it, or nothing where there is none. */
interface ValueSource {

    void ofSpan(SpanView span, Utf8Builder out);

    /** Asked once for each resource; it holds for those of its spans that have none. */
    default void ofResource(ResourceView resource, Utf8Builder out) {}

    static ValueSource of(String attribute, Naming naming) {
        return switch (attribute) {
            case Naming.SPAN_NAME -> SpanView::appendNameTo;
            case Naming.SPAN_KIND -> {
                Numbered kinds = Numbered.of(naming, OtlpNames.SPAN_KINDS);
                yield (span, out) -> kinds.append(span.kind(), out);
            }
            case Naming.STATUS_CODE -> {
                Numbered codes = Numbered.of(naming, OtlpNames.STATUS_CODES);
                yield (span, out) -> codes.append(span.statusCode(), out);
            }
            case Naming.SERVICE_NAME -> new OfResource(new AttributeText(attribute));
            default -> new OfBoth(new AttributeText(attribute));
        };
    }

    /** The resource's alone. */
    record OfResource(AttributeText text) implements ValueSource {
        @Override
        public void ofSpan(SpanView span, Utf8Builder out) {}

        @Override
        public void ofResource(ResourceView resource, Utf8Builder out) {
            text.appendTo(resource.attributes(), out);
        }
    }

    /** The span's, or else the resource's. */
    record OfBoth(AttributeText text) implements ValueSource {
        @Override
        public void ofSpan(SpanView span, Utf8Builder out) {
            text.appendTo(span.attributes(), out);
        }

        @Override
        public void ofResource(ResourceView resource, Utf8Builder out) {
            text.appendTo(resource.attributes(), out);
        }
    }

    /** OTLP's numbers as a naming writes them; those that it has no name for as they are. */
    record Numbered(byte[][] names) {

        static Numbered of(Naming naming, List<String> names) {
            Stream<String> written =
                    switch (naming) {
                        case BK -> Stream.of();
                        case OTEL -> names.stream();
                    };
            return new Numbered(
                    written.map(name -> name.getBytes(StandardCharsets.UTF_8))
                            .toArray(byte[][]::new));
        }

        void append(int number, Utf8Builder out) {
            if (number >= 0 && number < names.length) {
                out.append(names[number]);
            } else {
                out.appendDecimal(number);
            }
        }
    }
}
