package io.tailrace.operators.input;

/** How a record's bytes hold spans. */
public enum Encoding {
    /** An OTLP export request as protobuf: field 1, {@code ResourceSpans}, repeated. */
    OTLP_PROTO,
    /** The same as OTLP/JSON: hex ids, lower camel case. */
    OTLP_JSON,
    /** A record of spans as BlueKing's collectors write it: {@code {"items": [span, ..]}}. */
    BK_JSON
}
