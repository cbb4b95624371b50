package io.tailrace.operators.span.ottl;

/**
 * Finds one entry of a trace state.
 *
 * <p>Source: W3C Trace Context, the tracestate header.
 */
final class TraceStateEntry {

    private TraceStateEntry() {}

    /** The entry's value; empty where the key is absent, null where this is no trace state. */
    static String find(String traceState, String key) {
        String value = "";
        for (String member : traceState.split(",", -1)) {
            String entry = member.strip();
            int equals = entry.indexOf('=');
            if (entry.isEmpty()) {
                continue;
            }
            if (equals <= 0) {
                return null;
            }
            if (value.isEmpty() && entry.substring(0, equals).equals(key)) {
                value = entry.substring(equals + 1);
            }
        }
        return value;
    }
}
