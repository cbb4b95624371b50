package io.tailrace.bench.sampling;

import java.io.IOException;

/** What goes on beside the measured part of a run. */
interface MeasuredPart {

    void begin();

    void end() throws IOException;
}
