package io.tailrace.operators.metrics;

/** The dimensions of {@link SeriesKind#EDGES}, as the Collector's service graph has them. */
public final class EdgeDimensions {

    /** The service that calls. */
    public static final String CLIENT = "client";

    /** The service, or what stands for one, that is called. */
    public static final String SERVER = "server";

    /** What is between them: nothing, {@code messaging_system}, and so on. */
    public static final String CONNECTION_TYPE = "connection_type";

    private EdgeDimensions() {}
}
