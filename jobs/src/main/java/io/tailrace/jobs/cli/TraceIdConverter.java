package io.tailrace.jobs.cli;

import io.tailrace.operators.span.TraceId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads trace ids on the command line. */
final class TraceIdConverter implements ITypeConverter<TraceId> {

    @Override
    public TraceId convert(String text) {
        try {
            return TraceId.ofHex(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(
                    '"' + text + "\" is not a trace id, which has 32 hex digits");
        }
    }
}
