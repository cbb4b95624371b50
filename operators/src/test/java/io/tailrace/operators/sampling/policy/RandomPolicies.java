package io.tailrace.operators.sampling.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Policies of every type, whose parameters the spans of {@link RandomTraces} meet now and then. */
public final class RandomPolicies {

    static final List<String> KEYS = List.of("http.method", "http.status", "tenant", "nothing");
    static final List<String> TEXTS = List.of("GET", "POST", "a, b", "a", "b", "", "ünï", "xGETx");
    private static final List<String> PATTERNS =
            List.of("GET", "^GET$", "P.*T", "^$", "ü", "[ab]$");

    private static final List<StatusCode.Code> CODES = List.of(StatusCode.Code.values());

    private final Random random;

    public RandomPolicies(long seed) {
        random = new Random(seed);
    }

    /** One to six, with names. */
    public List<NamedPolicy> some() {
        return some(6, true);
    }

    private List<NamedPolicy> some(int most, boolean and) {
        List<NamedPolicy> policies = new ArrayList<>();
        for (int count = 1 + random.nextInt(most); count > 0; count--) {
            policies.add(new NamedPolicy("policy " + policies.size(), policy(and)));
        }
        return policies;
    }

    private Policy policy(boolean and) {
        return switch (random.nextInt(and ? 9 : 7)) {
            case 0 ->
                    new Latency(
                            random.nextInt(4), random.nextBoolean() ? 0 : 4 + random.nextInt(4));
            case 1 -> numeric();
            case 2 -> new Probabilistic(random.nextInt(110), random.nextBoolean() ? "" : "salt");
            case 3 ->
                    new SpanCount(
                            random.nextInt(4), random.nextBoolean() ? 0 : 4 + random.nextInt(4));
            case 4 -> new StatusCode(codes());
            case 5 -> string();
            case 6 -> random.nextInt(4) == 0 ? new AlwaysSample() : string();
            default ->
                    new And(
                            some(3, false).stream()
                                    .map(named -> new SubPolicy(named.name(), named.policy()))
                                    .toList());
        };
    }

    private Policy numeric() {
        long least = random.nextInt(5) - 2L;
        long most = random.nextInt(3) == 0 ? 0 : least + random.nextInt(3);
        return least == 0 && most == 0
                ? new NumericAttribute(key(), 1, 0, random.nextBoolean())
                : new NumericAttribute(key(), least, most, random.nextBoolean());
    }

    private Policy string() {
        boolean regex = random.nextBoolean();
        List<String> from = regex ? PATTERNS : TEXTS;
        List<String> values = new ArrayList<>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            values.add(from.get(random.nextInt(from.size())));
        }
        // A small cache forgets, which must not show.
        return new StringAttribute(key(), values, regex, random.nextInt(3), random.nextBoolean());
    }

    private List<StatusCode.Code> codes() {
        List<StatusCode.Code> codes = new ArrayList<>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            codes.add(CODES.get(random.nextInt(CODES.size())));
        }
        return codes;
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }
}
