package io.tailrace.bench.measure;

import java.io.IOException;

/** What goes on beside the measured part of a run. */
public interface MeasuredPart {

    void begin() throws IOException;

    void end() throws IOException;
}
