package io.tailrace.operators.span.tracestate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trace states of all sorts, the same for the same seed; about one in three cannot be read. */
public final class RandomTraceStates {

    private static final List<String> KEYS =
            List.of("vendor", "a", "2b@sys", "rojo", "x/y*z", "congo_1", "k-2", "ots", "to");
    private static final List<String> BAD_KEYS =
            List.of("Vendor", "1a", "", "a@1", "a@", "ä", "a b");
    private static final List<String> VALUES =
            List.of("1", "th:8", " t61", "00f067aa0ba902b7", "a;b:c", "v".repeat(256));
    private static final List<String> BAD_VALUES = List.of("", "a=b", "é", "v".repeat(257));
    private static final List<String> PARTS =
            List.of(
                    "p:8",
                    "rv:00000000000000",
                    "rv:ffffffffffffff",
                    "rv:1234567890abcd",
                    "rv:1234567890abc",
                    "rv:1234567890abcdE",
                    "th:",
                    "th:0",
                    "th:8",
                    "th:c0",
                    "th:ffffffffffffff",
                    "th:fffffffffffffff",
                    "th:C",
                    "th: 8",
                    " ",
                    "",
                    "r:62 ",
                    "nonsense",
                    "foo:" + "x".repeat(60));
    private static final List<String> COMMAS = List.of(",", ",", ", ", " ,", "\t, \t", ",,", ", ,");

    private final Random random;

    public RandomTraceStates(long seed) {
        random = new Random(seed);
    }

    public String next() {
        StringBuilder text = new StringBuilder();
        List<String> keys = new ArrayList<>(KEYS);
        int most = random.nextInt(40) == 0 ? 40 : 5;
        int ot = random.nextInt(most);
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            if (i == ot) {
                text.append("ot=").append(ot());
            } else {
                text.append(key(keys, i)).append('=').append(value());
            }
            text.append(i > 1 || random.nextInt(9) == 0 ? one(COMMAS) : "");
        }
        return text.toString();
    }

    private String key(List<String> unused, int i) {
        if (random.nextInt(30) == 0) {
            return random.nextBoolean() ? one(BAD_KEYS) : one(KEYS);
        }
        return unused.isEmpty() ? "n" + i : unused.remove(random.nextInt(unused.size()));
    }

    private String value() {
        return random.nextInt(30) == 0 ? one(BAD_VALUES) : one(VALUES);
    }

    private String ot() {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            parts.add(one(PARTS));
        }
        return String.join(";", parts);
    }

    private String one(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }
}
