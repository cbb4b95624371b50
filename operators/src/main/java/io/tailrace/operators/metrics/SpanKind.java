package io.tailrace.operators.metrics;

/** What part of a call a span is. */
public enum SpanKind {
    UNSPECIFIED(0),
    INTERNAL(1),
    SERVER(2),
    CLIENT(3),
    PRODUCER(4),
    CONSUMER(5);

    private final int number;

    SpanKind(int number) {
        this.number = number;
    }

    /** OTLP's. */
    public int number() {
        return number;
    }

    /** Whether a span with OTLP's number is a call, as BlueKing counts them: of kind 2 or 4. */
    public static boolean isCall(int number) {
        return number == SERVER.number || number == PRODUCER.number;
    }

    /** Whether a span with OTLP's number is a request, as BlueKing counts them: of kind 3 or 5. */
    public static boolean isRequest(int number) {
        return number == CLIENT.number || number == CONSUMER.number;
    }
}
