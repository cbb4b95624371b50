package io.tailrace.bench.profile;

import java.util.List;
import java.util.Map;

/**
 * The parts of the work that a profile tells apart: by the thread where that says it all, else by
 * the innermost frame that belongs to one.
 */
final class Area {

    private static final Map<String, String> BY_THREAD =
            Map.of(
                    "[GC Thread", "garbage collection",
                    "[G1 ", "garbage collection",
                    "[ParGC", "garbage collection",
                    "[VM Thread", "garbage collection",
                    "[C1 Comp", "compiling",
                    "[C2 Comp", "compiling",
                    "[rocksdb:", "RocksDB's own threads: flushing, compacting",
                    "[data-plane-kafka", "the broker",
                    "[kafka-producer-network", "Kafka producers",
                    "[AsyncOperations", "writing checkpoints");

    /** The first that holds part of a frame's name gives it its area. */
    private static final List<Rule> BY_FRAME =
            List.of(
                    new Rule("rocksdb", "RocksDB: reads and writes of tasks"),
                    new Rule("io/tailrace/bench/workload/", "copying records of the pool"),
                    new Rule("com/fasterxml/jackson/", "reading JSON"),
                    new Rule("io/tailrace/operators/span/", "reading and splitting OTLP"),
                    new Rule("io/tailrace/operators/sampling/evidence/", "evidence"),
                    new Rule("io/tailrace/operators/sampling/policy/", "policies"),
                    new Rule("io/tailrace/operators/sampling/decision/", "policies"),
                    new Rule("Serializer.", "serializers"),
                    new Rule("io/tailrace/operators/metrics/", "counting into series"),
                    new Rule("io/tailrace/operators/discovery/inventory/", "the inventory"),
                    new Rule("io/tailrace/operators/discovery/", "finding things"),
                    new Rule("io/tailrace/operators/pairing/", "pairing the sides of calls"),
                    new Rule("Primitives.", "serializers"),
                    new Rule("InternalTimer", "timers"),
                    new Rule("io/tailrace/operators/sampling/state/", "the store of traces"),
                    new Rule("org/apache/flink/runtime/state/", "Flink's state backends"),
                    new Rule("org/apache/flink/runtime/io/network/", "Flink's network buffers"),
                    new Rule("org/apache/flink/core/memory/", "serializers"),
                    new Rule("org/apache/flink/runtime/plugable/", "Flink's network buffers"),
                    new Rule("org/apache/kafka/", "Kafka clients"),
                    new Rule("kafka/", "the broker"),
                    new Rule("io/tailrace/operators/sampling/", "the sampler itself"),
                    new Rule("org/apache/flink/", "Flink, all else"));

    private record Rule(String part, String area) {}

    private Area() {}

    static String of(List<String> stack) {
        String thread = stack.get(0);
        for (Map.Entry<String, String> known : BY_THREAD.entrySet()) {
            if (thread.startsWith(known.getKey())) {
                return known.getValue();
            }
        }
        for (int i = stack.size() - 1; i > 0; i--) {
            for (Rule rule : BY_FRAME) {
                if (stack.get(i).contains(rule.part)) {
                    return rule.area;
                }
            }
        }
        return "all else";
    }
}
