package io.tailrace.sinks.metrics;

/** What a histogram's durations are told in. */
public enum DurationUnit {
    MICROSECONDS("us", 1),
    MILLISECONDS("ms", 1_000),
    SECONDS("s", 1_000_000);

    private final String symbol;
    private final double micros;

    DurationUnit(String symbol, double micros) {
        this.symbol = symbol;
        this.micros = micros;
    }

    /** As OpenTelemetry, after UCUM, writes it. */
    public String symbol() {
        return symbol;
    }

    /** So many microseconds in this unit; the double that is nearest. */
    public double of(long value) {
        return value / micros;
    }
}
