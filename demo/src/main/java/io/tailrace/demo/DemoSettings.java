package io.tailrace.demo;

import io.tailrace.jobs.pipeline.PipelineSpec;
import io.tailrace.jobs.source.generator.GeneratorSettings;
import io.tailrace.jobs.spec.Problem;
import io.tailrace.jobs.spec.SpecReader;
import io.tailrace.jobs.spec.SpecResult;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a demo is to be like.
 *
 * @param spec the pipeline's
 * @param sets changes of it, as {@code --set} has them
 * @param length how long there is traffic, or null for as long as nobody ends it
 * @param rate requests a second
 * @param keep whether Kafka and PostgreSQL stay after the comparison, until Ctrl-C
 */
record DemoSettings(Path spec, List<String> sets, Duration length, double rate, boolean keep) {

    /** What a request of some 26 spans takes when it is compared, all things counted. */
    private static final long REQUEST_BYTES = 62_000;

    /** What all else takes, as Kafka and Flink are in the same heap. */
    private static final long OTHER_BYTES = 400_000_000;

    /** How many requests can be compared, which is done in memory: 24,000 in 2 GB. */
    static long mostRequests(long heapBytes) {
        return Math.max(1, (heapBytes - OTHER_BYTES) / REQUEST_BYTES);
    }

    /** As many as this process can compare. */
    static long mostRequests() {
        return mostRequests(Runtime.getRuntime().maxMemory());
    }

    /** How many requests there are, if nobody ends it before. */
    long requests() {
        return length == null
                ? mostRequests()
                : Math.max(1, Math.round(length.toMillis() / 1000.0 * rate));
    }

    /** How long there is traffic, if nobody ends it before. */
    Duration lasts() {
        return Duration.ofMillis(Math.round(requests() * 1000 / rate));
    }

    /** What the shop does. */
    GeneratorSettings traffic(long seed) {
        return new GeneratorSettings(seed, rate, 2, null, null, true, true, 0.02, 0.01, true, null);
    }

    /**
     * Reads the spec.
     *
     * @param environment what it finds servers by
     */
    PipelineSpec pipeline(Map<String, String> environment) throws DemoException {
        SpecResult<PipelineSpec> result =
                SpecReader.read(spec, PipelineSpec.class, sets, environment);
        if (!result.isGood()) {
            throw new DemoException(
                    result.problems().stream()
                            .map(Problem::toString)
                            .collect(Collectors.joining("; ")));
        }
        return result.value();
    }
}
