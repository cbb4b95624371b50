package io.tailrace.jobs.source.generator.shop;

/**
 * Random numbers that are a pure function of what they are for, on any machine: a counter through
 * the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
 * Generators", OOPSLA 2014; the constants are Stafford's variant 13).
 */
public final class Dice {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;
    private static final double QUARTER = 0x1.0p-16;

    private long counter;

    private Dice(long key) {
        this.counter = key;
    }

    /** Dice for one purpose of one thing under a seed, such as the ids of trace 7. */
    public static Dice of(long seed, long purpose, long thing) {
        return new Dice(mix(mix(mix(seed) + purpose) + thing));
    }

    private static long mix(long value) {
        long mixed = value + GOLDEN_GAMMA;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    public long next() {
        long mixed = mix(counter);
        counter += GOLDEN_GAMMA;
        return mixed;
    }

    /** An id: any number but 0. */
    long id() {
        long id = next();
        return id == 0 ? 1 : id;
    }

    /** From 0 up to but not including 1. */
    public double unit() {
        return (next() >>> 11) * UNIT;
    }

    public boolean chance(double share) {
        return unit() < share;
    }

    /** From 0 up to but not including the bound. */
    public int below(int bound) {
        return (int) (unit() * bound);
    }

    int between(int least, int most) {
        return least + below(most - least + 1);
    }

    <T> T oneOf(T[] things) {
        return things[below(things.length)];
    }

    /**
     * A duration in nanoseconds, nearly log-normal: the normal variable is the scaled sum of four
     * uniform ones, so that nothing lies more than 3.5 sigma from the median.
     */
    long logNormal(double medianMillis, double sigma) {
        long bits = next();
        double sum =
                ((bits & 0xffff)
                                + ((bits >>> 16) & 0xffff)
                                + ((bits >>> 32) & 0xffff)
                                + (bits >>> 48))
                        * QUARTER;
        double normal = (sum - 2) * 1.7320508075688772;
        return (long) (medianMillis * 1e6 * StrictMath.exp(sigma * normal));
    }
}
