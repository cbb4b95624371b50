package io.tailrace.operators.sampling.policy;

import io.tailrace.operators.sampling.bk.BkCondition;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Policies of every type, whose parameters the spans of {@link RandomTraces} meet now and then. */
public final class RandomPolicies {

    static final List<String> KEYS =
            List.of(
                    "http.method",
                    "http.request.method",
                    "http.status_code",
                    "http.response.status_code",
                    "tenant",
                    "nothing");
    static final List<String> TEXTS = List.of("GET", "POST", "a, b", "a", "b", "", "ünï", "xGETx");
    private static final List<String> PATTERNS =
            List.of("GET", "^GET$", "P.*T", "^$", "ü", "[ab]$");

    private static final List<StatusCode.Code> CODES = List.of(StatusCode.Code.values());

    private final Random random;
    private boolean stamped;

    public RandomPolicies(long seed) {
        random = new Random(seed);
    }

    /** One to six that sample by what is in a trace alone, with names. */
    public List<NamedPolicy> some() {
        List<NamedPolicy> policies = new ArrayList<>();
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            Policy policy =
                    switch (random.nextInt(9)) {
                        case 0 -> new Not(new SubPolicy(null, leaf()));
                        case 1, 2 -> new And(subs(() -> leaf()));
                        default -> leaf();
                    };
            policies.add(new NamedPolicy("policy " + policies.size(), policy));
        }
        return policies;
    }

    /**
     * One to four of any type, also such as drop or spend.
     *
     * @param stamped whether kept spans carry their threshold, which some policies do not go with
     */
    List<NamedPolicy> trees(boolean stamped) {
        this.stamped = stamped;
        // Limiters are asked only where nobody else samples.
        boolean mostlyLimiters = random.nextBoolean();
        List<NamedPolicy> policies = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            Policy policy = mostlyLimiters && random.nextInt(5) > 0 ? limiter() : condition();
            // Names that look like paths must not be taken for them.
            policies.add(new NamedPolicy(policies.isEmpty() ? "a" : "a/" + count, policy));
        }
        return policies;
    }

    private Policy condition() {
        Supplier<Policy> inverted = () -> stamped ? unlessRandom() : leaf();
        return switch (random.nextInt(6)) {
            case 0 -> new Not(new SubPolicy("any", inverted.get()));
            case 1 -> new Drop(subs(inverted));
            case 2, 3 -> new And(subs(this::leaf));
            default -> leaf();
        };
    }

    private Policy unlessRandom() {
        Policy policy = leaf();
        return policy.isRandom() ? new TraceFlags() : policy;
    }

    private Policy limiter() {
        return switch (random.nextInt(4)) {
            case 0 -> composite();
            case 1 -> new And(subs(() -> random.nextInt(3) == 0 ? rate() : leaf()));
            default -> rate();
        };
    }

    private Policy rate() {
        return random.nextBoolean()
                ? new RateLimiting(1 + random.nextInt(20), random.nextInt(3) * 10L)
                : new BytesLimiting(1 + random.nextInt(2000), random.nextInt(3) * 1000L);
    }

    /** Of shares without fractions. */
    private Policy composite() {
        List<NamedPolicy> within = new ArrayList<>();
        List<Composite.Allocation> shares = new ArrayList<>();
        List<String> order = new ArrayList<>();
        for (int count = 1 + random.nextInt(4); count > 0; count--) {
            String name = Integer.toString(count);
            within.add(
                    new NamedPolicy(
                            name,
                            switch (random.nextInt(8)) {
                                case 0 -> rate();
                                case 1, 2 -> new And(subs(() -> oneOf(this::rate, this::leaf)));
                                default -> leaf();
                            }));
            if (random.nextBoolean()) {
                order.add(random.nextInt(order.size() + 1), name);
            }
            if (random.nextBoolean()) {
                shares.add(new Composite.Allocation(name, 25 * random.nextInt(5)));
            }
        }
        return new Composite(24L * (1 + random.nextInt(3)), order, within, shares);
    }

    private Policy oneOf(Supplier<Policy> seldom, Supplier<Policy> often) {
        return (random.nextInt(5) == 0 ? seldom : often).get();
    }

    private List<SubPolicy> subs(Supplier<Policy> policies) {
        List<SubPolicy> subs = new ArrayList<>();
        for (int count = 1 + random.nextInt(3); count > 0; count--) {
            subs.add(new SubPolicy("sub " + count, policies.get()));
        }
        return subs;
    }

    /** One that holds no others, and does not spend. */
    private Policy leaf() {
        return switch (random.nextInt(16)) {
            case 0 -> latency();
            case 1, 2 -> numeric();
            case 3 -> new Probabilistic(random.nextInt(110), random.nextBoolean() ? "" : "salt");
            case 4 ->
                    new SpanCount(
                            random.nextInt(4), random.nextBoolean() ? 0 : 4 + random.nextInt(4));
            case 5 -> new StatusCode(several(CODES));
            case 6 -> new BooleanAttribute(one(KEYS), random.nextBoolean(), random.nextBoolean());
            case 7 -> new TraceFlags();
            case 8, 9 ->
                    new TraceState(
                            one(List.of("vendor", "vendor", "ot")), several(List.of("1", "th:8")));
            case 10, 11 -> ottl();
            case 12 -> random.nextInt(3) > 0 ? new AlwaysSample() : string();
            case 13 -> bk();
            default -> string();
        };
    }

    private Policy latency() {
        int least = random.nextInt(4);
        return new Latency(least, random.nextBoolean() ? 0 : least + 1 + random.nextInt(3));
    }

    /** With a threshold it goes only where it takes none of a share, or all. */
    private Policy bk() {
        List<BkCondition> conditions =
                List.of(
                        PlainConditions.BK_ERROR,
                        PlainConditions.BK_OR_TENANT,
                        PlainConditions.BK_AND_TENANT);
        return new BkConditions(
                random.nextInt(4) == 0 ? List.of() : several(conditions),
                stamped ? 100 * (random.nextInt(8) / 7) : 10 * random.nextInt(11) / 2);
    }

    private Policy ottl() {
        List<String> ofSpans =
                List.of(
                        PlainConditions.ERROR,
                        PlainConditions.TENANT,
                        PlainConditions.OF_RESOURCE,
                        PlainConditions.LONG);
        List<String> ofEvents = List.of(PlainConditions.TENANT, PlainConditions.LONG);
        boolean spans = random.nextBoolean();
        return new OttlCondition(
                one(List.of(OttlCondition.ErrorMode.values())),
                spans ? several(ofSpans) : List.of(),
                spans && random.nextBoolean() ? List.of() : several(ofEvents));
    }

    private Policy numeric() {
        long least = random.nextInt(5) - 2L;
        long most = random.nextInt(3) == 0 ? 0 : least + random.nextInt(3);
        return least == 0 && most == 0
                ? new NumericAttribute(one(KEYS), 1, 0, random.nextBoolean())
                : new NumericAttribute(one(KEYS), least, most, random.nextBoolean());
    }

    private Policy string() {
        boolean regex = random.nextBoolean();
        // A small cache forgets, which must not show.
        return new StringAttribute(
                one(KEYS),
                several(regex ? PATTERNS : TEXTS),
                regex,
                random.nextInt(3),
                random.nextBoolean());
    }

    private <T> List<T> several(List<T> from) {
        List<T> several = new ArrayList<>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            several.add(one(from));
        }
        return several;
    }

    private <T> T one(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
