package io.tailrace.operators.sampling.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conditions that a set of policies asks of spans, each with its number in the evidence. */
public final class SpanConditions {

    private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01b3L;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<SpanCondition> conditions = new ArrayList<>();
    private boolean probabilities;

    /**
     * Adds a condition, or finds the equal one.
     *
     * @param type together with the parameters names what is asked; conditions of which both are
     *     equal must be equal in effect
     * @param parameters compared, and remembered over restarts, by their texts
     * @return the bit of {@link Evidence} that tells whether it was met
     */
    public int bit(String type, List<?> parameters, SpanCondition condition) {
        String canonical = canonical(type, parameters);
        Integer known = numbers.putIfAbsent(canonical, conditions.size());
        if (known != null) {
            return known;
        }
        conditions.add(condition);
        return conditions.size() - 1;
    }

    /** Has the thresholds and randomness that spans came with gathered too. */
    public void needProbabilities() {
        probabilities = true;
    }

    boolean askProbabilities() {
        return probabilities;
    }

    /** Each parameter behind its length, for a user's text may look like the end of one. */
    private static String canonical(String type, List<?> parameters) {
        StringBuilder canonical = new StringBuilder(type);
        for (Object parameter : parameters) {
            String text = parameter.toString();
            canonical.append(' ').append(text.length()).append(':').append(text);
        }
        return canonical.toString();
    }

    public int count() {
        return conditions.size();
    }

    SpanCondition[] inOrder() {
        return conditions.toArray(SpanCondition[]::new);
    }

    /**
     * Names the conditions and their order: evidence made under another fingerprint says nothing
     * here. 64-bit FNV-1a over the canonical texts.
     */
    public long fingerprint() {
        long hash = FNV_OFFSET;
        for (String canonical : numbers.keySet()) {
            for (byte next : canonical.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ next & 0xff) * FNV_PRIME;
            }
            hash *= FNV_PRIME;
        }
        return probabilities ? ~hash : hash;
    }
}
