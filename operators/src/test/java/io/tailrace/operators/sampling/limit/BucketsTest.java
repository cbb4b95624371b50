package io.tailrace.operators.sampling.limit;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class BucketsTest {

    private static final BigDecimal EDGE = new BigDecimal("0.000001");

    /** A token bucket in exact numbers, of one subtask. */
    private static final class PlainBucket {
        private final BigDecimal perMilli;
        private final BigDecimal brim;
        private BigDecimal content;
        private Long latest;

        PlainBucket(Budget budget) {
            perMilli = new BigDecimal(budget.rate()).movePointLeft(3);
            brim = new BigDecimal(budget.burst());
            content = brim;
        }

        void fill(long time) {
            if (latest == null || time > latest) {
                BigDecimal flown =
                        latest == null
                                ? BigDecimal.ZERO
                                : perMilli.multiply(BigDecimal.valueOf(time - latest));
                content = content.add(flown).min(brim);
                latest = time;
            }
        }

        boolean isAtTheEdge() {
            return content.abs().compareTo(EDGE) < 0;
        }

        boolean bears(long cost) {
            return content.signum() > 0 && BigDecimal.valueOf(cost).compareTo(brim) <= 0;
        }

        void spend(long cost) {
            content = content.subtract(BigDecimal.valueOf(cost));
        }
    }

    @Test
    void ofOneSubtaskAreTokenBuckets() {
        int passed = 0;
        int asked = 0;
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            Budget budget = budget("b", random);
            Buckets buckets = new Buckets(List.of(budget("other", random), budget), 1);
            PlainBucket plain = new PlainBucket(budget);
            long time = random.nextLong() >> 14 + random.nextInt(40);
            for (int i = 0; i < 100; i++) {
                time += time(random, budget);
                // Some ask more than once at a time, some go back.
                buckets.fill(time);
                plain.fill(time);
                long cost = random.nextInt((int) (1.5 * budget.burst()) + 2);
                boolean bearable = buckets.canBear(1, cost);

                if (!plain.isAtTheEdge()) {
                    assertThat(bearable).as("seed %d, %d", seed, i).isEqualTo(plain.bears(cost));
                }
                asked++;
                if (bearable) {
                    passed++;
                    buckets.spend(1, cost);
                    plain.spend(cost);
                }
                assertThat(buckets.shares().get(1).tokens())
                        .as("seed %d, %d", seed, i)
                        .isCloseTo(plain.content.doubleValue(), within(1e-6));
            }
        }
        assertThat(passed).isBetween(asked / 10, 9 * asked / 10);
    }

    private static Budget budget(String name, Random random) {
        double rate = random.nextBoolean() ? 1 + random.nextInt(50) : 0.01 + random.nextDouble();
        return new Budget(name, rate, rate * (0.5 + random.nextInt(4)));
    }

    /** Around what it takes to fill it by half. */
    private static long time(Random random, Budget budget) {
        int half = (int) (500 * budget.burst() / budget.rate());
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -random.nextInt(3 * half);
            default -> random.nextInt(2 * half);
        };
    }

    @Test
    void ofSeveralSubtasksKeepToTheRateInTheLongRunAndUseItUp() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            double rate = 20 + random.nextInt(200);
            Budget budget = new Budget("b", rate, rate * (1 + random.nextInt(3)));
            List<Buckets> subtasks = subtasks(List.of(budget), 4);
            int largest = 1 + random.nextInt((int) budget.burst() / 5);
            long spent = 0;
            long millis = 0;
            // Demand is three times the rate, spread evenly as trace ids are.
            double demand = 0;
            while (millis < 600_000) {
                long cost = 1L + random.nextInt(largest);
                demand += cost;
                millis = (long) (1000 * demand / (3 * rate));
                Buckets subtask = subtasks.get(random.nextInt(4));
                subtask.fill(millis);
                if (subtask.canBear(0, cost)) {
                    subtask.spend(0, cost);
                    spent += cost;
                }
            }

            double most = rate * millis / 1000 + budget.burst() + 4 * largest;
            assertThat((double) spent).as("seed %d", seed).isLessThanOrEqualTo(most);
            assertThat(spent / (rate * millis / 1000)).as("seed %d", seed).isGreaterThan(0.97);
        }
    }

    private static List<Buckets> subtasks(List<Budget> budgets, int parallelism) {
        List<Buckets> subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            subtasks.add(new Buckets(budgets, parallelism));
        }
        return subtasks;
    }

    @Test
    void takeWhatIsNoLargerThanTheWholeBurstAtAnyParallelism() {
        Budget budget = new Budget("b", 10, 20);
        for (int parallelism : new int[] {1, 2, 3, 4, 64, 1000}) {
            Buckets buckets = new Buckets(List.of(budget), parallelism);
            buckets.fill(1_700_000_000_000L);

            assertThat(buckets.canBear(0, 21)).as("of %d", parallelism).isFalse();
            assertThat(buckets.canBear(0, 20)).as("of %d", parallelism).isTrue();
            buckets.spend(0, 20);
            assertThat(buckets.canBear(0, 1)).as("of %d", parallelism).isFalse();
        }
    }

    @Test
    void keepWhatWasLeftWhenSplitAnew() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            List<Budget> budgets = List.of(budget("a", random), budget("b", random));
            List<Buckets> before = subtasks(budgets, 1 + random.nextInt(8));
            use(before, random);
            List<BucketShare> left = left(before, random);
            long latest = left.stream().mapToLong(BucketShare::time).max().orElseThrow();

            int parallelism = 1 + random.nextInt(8);
            List<Buckets> after = restored(budgets, parallelism, left);

            for (int i = 0; i < budgets.size(); i++) {
                // None is fuller than the brim, so nothing is spilt.
                assertThat(tokens(after, i))
                        .as("seed %d, %s", seed, budgets.get(i))
                        .isCloseTo(tokensAt(latest, before, i), within(1e-6));
                assertSplitEvenly(after, i, budgets.get(i));
            }
        }
    }

    @Test
    void keepWhatWasLeftUpToAChangedBurst() {
        for (long seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            Budget gone = budget("gone", random);
            Budget changed = budget("changed", random);
            List<Buckets> before = subtasks(List.of(gone, changed), 1 + random.nextInt(8));
            use(before, random);
            List<BucketShare> left = left(before, random);
            long latest = left.stream().mapToLong(BucketShare::time).max().orElseThrow();

            Budget now = budget("changed", random);
            Budget added = budget("added", random);
            List<Buckets> after = restored(List.of(added, now), 1 + random.nextInt(8), left);

            assertThat(tokens(after, 0)).as("seed %d", seed).isCloseTo(added.burst(), within(1e-6));
            assertThat(tokens(after, 1))
                    .as("seed %d", seed)
                    .isCloseTo(Math.min(now.burst(), tokensAt(latest, before, 1)), within(1e-6));
            assertSplitEvenly(after, 0, added);
            assertSplitEvenly(after, 1, now);
        }
    }

    /** Each at times of its own; some not at all. */
    private static void use(List<Buckets> subtasks, Random random) {
        for (Buckets each : subtasks) {
            for (int uses = random.nextInt(5); uses > 0; uses--) {
                each.fill(1_700_000_000_000L + random.nextInt(3000));
                int bucket = random.nextInt(2);
                long cost = random.nextInt(60);
                if (each.canBear(bucket, cost)) {
                    each.spend(bucket, cost);
                }
            }
        }
    }

    private static List<BucketShare> left(List<Buckets> subtasks, Random random) {
        List<BucketShare> left = new ArrayList<>();
        subtasks.forEach(each -> left.addAll(each.shares()));
        Collections.shuffle(left, random);
        return left;
    }

    private static List<Buckets> restored(
            List<Budget> budgets, int parallelism, List<BucketShare> left) {
        List<Buckets> subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            subtasks.add(Buckets.restored(budgets, parallelism, left));
        }
        return subtasks;
    }

    private static double tokens(List<Buckets> subtasks, int bucket) {
        return subtasks.stream().mapToDouble(each -> each.shares().get(bucket).tokens()).sum();
    }

    /** Each flown full by itself until then, as it would have been had it gone on. */
    private static double tokensAt(long time, List<Buckets> subtasks, int bucket) {
        return subtasks.stream()
                .map(each -> each.shares().get(bucket))
                .mapToDouble(
                        share ->
                                share.time() == Long.MIN_VALUE
                                        ? share.tokens()
                                        : Math.min(
                                                share.capacity(),
                                                share.tokens()
                                                        + (time - share.time())
                                                                * share.rate()
                                                                / 1000))
                .sum();
    }

    /** And with the rate and burst of today. */
    private static void assertSplitEvenly(List<Buckets> subtasks, int bucket, Budget budget) {
        BucketShare first = subtasks.get(0).shares().get(bucket);
        for (Buckets each : subtasks) {
            assertThat(each.shares().get(bucket)).isEqualTo(first);
        }
        assertThat(first.rate() * subtasks.size()).isCloseTo(budget.rate(), within(1e-9));
        assertThat(first.capacity() * subtasks.size()).isCloseTo(budget.burst(), within(1e-9));
    }
}
