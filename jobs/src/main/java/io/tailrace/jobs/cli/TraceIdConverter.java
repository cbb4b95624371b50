package io.tailrace.jobs.cli;

import io.tailrace.operators.span.TraceId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads trace ids on the command line. */
final class TraceIdConverter implements ITypeConverter<TraceId> {

    private static final TraceId NONE = new TraceId(0, 0);

    @Override
    public TraceId convert(String text) {
        try {
            TraceId traceId = TraceId.ofHex(text);
            if (traceId.equals(NONE)) {
                throw new TypeConversionException(
                        "a trace id is not all zeros; no span with such a one is taken");
            }
            return traceId;
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(
                    '"' + text + "\" is not a trace id, which has 32 hex digits");
        }
    }
}
