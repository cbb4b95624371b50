package io.tailrace.operators.state;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

import io.tailrace.operators.span.TraceId;

/**
 * A key for each key group of a subtask, for state that belongs to the group and not to a trace, so
 * that it moves with the group. It is the least id from 1 on that falls into the group, so it
 * depends on the maximum parallelism alone. A trace may have that id too: state under these keys
 * must be under a name of its own.
 */
public final class KeyGroupKeys {

    private final int maxParallelism;
    private final int firstGroup;
    private final TraceId[] keys;

    public KeyGroupKeys(TaskInfo task) {
        this.maxParallelism = task.getMaxNumberOfParallelSubtasks();
        KeyGroupRange range =
                KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                        maxParallelism,
                        task.getNumberOfParallelSubtasks(),
                        task.getIndexOfThisSubtask());
        this.firstGroup = range.getStartKeyGroup();
        this.keys = new TraceId[range.getNumberOfKeyGroups()];
        int missing = keys.length;
        for (long low = 1; missing > 0; low++) {
            TraceId key = new TraceId(0, low);
            int index = indexOf(key);
            if (index >= 0 && index < keys.length && keys[index] == null) {
                keys[index] = key;
                missing--;
            }
        }
    }

    /** From 0 on, the place of an id's group among those of this subtask. */
    public int indexOf(TraceId id) {
        return indexOf(id.high(), id.low());
    }

    /** The same of an id's two parts. */
    public int indexOf(long high, long low) {
        return KeyGroupRangeAssignment.computeKeyGroupForKeyHash(
                        TraceId.hash(high, low), maxParallelism)
                - firstGroup;
    }

    /** The key of a group by its place. */
    public TraceId key(int index) {
        return keys[index];
    }

    public int size() {
        return keys.length;
    }
}
