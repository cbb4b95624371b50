package io.tailrace.bench.jmh;

/** How the traces of a request lie. */
public enum Shape {
    /** 100 spans of 100 traces, in 10 resources: what a gateway collects of many services. */
    INTERLEAVED(10, 100),
    /** 100 spans of 5 traces in one resource: what one SDK sends. */
    GROUPED(1, 5);

    private final int resources;
    private final int traces;

    Shape(int resources, int traces) {
        this.resources = resources;
        this.traces = traces;
    }

    int resources() {
        return resources;
    }

    int traces() {
        return traces;
    }
}
