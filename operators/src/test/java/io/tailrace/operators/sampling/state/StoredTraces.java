package io.tailrace.operators.sampling.state;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Open traces as state held them. */
public final class StoredTraces {

    private StoredTraces() {}

    /** What a trace of a version before the third is read as. */
    public static StoredTrace former(OpenTrace trace) {
        try {
            return new StoredTrace(FrozenTraces.withChunksApart(trace));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
