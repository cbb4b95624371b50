package io.tailrace.jobs.control.cli;

import java.util.ArrayList;
import java.util.List;

/** Says of two texts which lines one has and the other has not, by their longest common part. */
final class LineDifference {

    private LineDifference() {}

    /** Lines that begin with {@code - } or {@code + }. */
    static List<String> of(String before, String after) {
        List<String> old = before.lines().map(String::strip).toList();
        List<String> now = after.lines().map(String::strip).toList();
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] =
                        old.get(i).equals(now.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                i++;
                j++;
            } else if (i < old.size()
                    && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + old.get(i++));
            } else {
                lines.add("+ " + now.get(j++));
            }
        }
        return lines;
    }
}
