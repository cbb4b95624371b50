package io.tailrace.bench.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where CPU time went.
 *
 * @param samples all of them
 * @param byArea in which part of the work, the most first
 * @param byFrame in which method itself, the most first
 */
public record Profile(long samples, List<Cost> byArea, List<Cost> byFrame) {

    /**
     * @param share of all samples, from 0 to 1
     */
    public record Cost(String name, double share) {}

    /**
     * Reads stacks in the "collapsed" form: frames from the thread's name to the innermost, with
     * semicolons between, then a blank and the number of samples.
     */
    static Profile of(List<String> collapsed) {
        Map<String, Long> areas = new HashMap<>();
        Map<String, Long> frames = new HashMap<>();
        long all = 0;
        for (String line : collapsed) {
            int end = line.lastIndexOf(' ');
            if (end < 0) {
                continue;
            }
            long samples = Long.parseLong(line.substring(end + 1));
            List<String> stack = Arrays.asList(line.substring(0, end).split(";"));
            all += samples;
            areas.merge(Area.of(stack), samples, Long::sum);
            frames.merge(brief(stack.get(stack.size() - 1)), samples, Long::sum);
        }
        return new Profile(all, costs(areas, all), costs(frames, all));
    }

    private static List<Cost> costs(Map<String, Long> samples, long all) {
        List<Cost> costs = new ArrayList<>();
        samples.forEach((name, count) -> costs.add(new Cost(name, (double) count / all)));
        costs.sort(Comparator.comparingDouble(Cost::share).reversed().thenComparing(Cost::name));
        return List.copyOf(costs);
    }

    /** A Java frame as class and method; any other as it is. */
    private static String brief(String frame) {
        int method = frame.lastIndexOf('/');
        return method > 0 && !frame.contains("::") ? frame.substring(method + 1) : frame;
    }
}
