package io.tailrace.operators.span;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The names of OTLP's numbers; a name's place is its number. */
public final class OtlpNames {

    public static final List<String> SPAN_KINDS =
            List.of(
                    "SPAN_KIND_UNSPECIFIED",
                    "SPAN_KIND_INTERNAL",
                    "SPAN_KIND_SERVER",
                    "SPAN_KIND_CLIENT",
                    "SPAN_KIND_PRODUCER",
                    "SPAN_KIND_CONSUMER");

    public static final List<String> STATUS_CODES =
            List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");

    private OtlpNames() {}

    /** The numbers by their names. */
    public static Map<String, Integer> numbers(List<String> names) {
        return IntStream.range(0, names.size())
                .boxed()
                .collect(Collectors.toUnmodifiableMap(names::get, number -> number));
    }
}
