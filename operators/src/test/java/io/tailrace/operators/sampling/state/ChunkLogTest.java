package io.tailrace.operators.sampling.state;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkLogTest {

    /** Records that belong together, as a plain list. */
    private static final class Chain {
        private final List<byte[]> records = new ArrayList<>();
        private long last = ChunkLog.NONE;
    }

    @Test
    void holdsChainsOfAnySizeUntilTheyAreFreed() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ChunkLog log = new ChunkLog();
            List<Chain> chains = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                if (chains.isEmpty() || random.nextInt(4) == 0) {
                    chains.add(new Chain());
                }
                append(chains.get(random.nextInt(chains.size())), random, log);
                if (random.nextInt(5) == 0) {
                    Chain chain = chains.remove(random.nextInt(chains.size()));
                    assertHolds(log, chain);
                    log.free(chain.last);
                }
            }
            for (Chain chain : chains) {
                assertHolds(log, chain);
                log.free(chain.last);
            }
            // One array is at hand for what comes next.
            assertThat(log.bytes()).as("seed %d", seed).isLessThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void takesNoMoreMemoryTheLongerItRuns() {
        ChunkLog log = new ChunkLog();
        List<Long> addresses = new ArrayList<>();
        byte[] record = new byte[1_000];
        long most = 0;
        for (int i = 0; i < 100_000; i++) {
            addresses.add(log.append(ChunkLog.NONE, record, record.length));
            if (addresses.size() > 1_000) {
                log.free(addresses.remove(0));
            }
            most = Math.max(most, log.bytes());
        }
        assertThat(most).isLessThan(2L << 20);
    }

    @Test
    void aGiantLeavesNothingBehind() {
        ChunkLog log = new ChunkLog();
        byte[] giant = new byte[20 << 20];
        log.free(log.append(ChunkLog.NONE, giant, giant.length));
        assertThat(log.bytes()).isZero();
        assertThat(log.isSparse()).isFalse();
    }

    @Test
    void isNotSparseOnceWhatHoldsOnToArraysIsMoved() {
        ChunkLog log = new ChunkLog();
        List<Long> stays = new ArrayList<>();
        byte[] record = new byte[1_000];
        for (int i = 0; i < 100_000; i++) {
            long address = log.append(ChunkLog.NONE, record, record.length);
            if (i % 300 == 0) {
                stays.add(address);
            } else {
                log.free(address);
            }
        }
        assertThat(log.isSparse()).isTrue();
        for (long address : stays) {
            if (log.isHolding(address)) {
                log.free(address);
                log.append(ChunkLog.NONE, record, record.length);
            }
        }
        assertThat(log.isSparse()).isFalse();
        assertThat(log.bytes()).isLessThan(1 << 21);
    }

    private static void append(Chain chain, Random random, ChunkLog log) {
        int size = random.nextInt(200) == 0 ? random.nextInt(1 << 20) : random.nextInt(5_000);
        byte[] record = new byte[size + random.nextInt(10)];
        random.nextBytes(record);
        chain.last = log.append(chain.last, record, size);
        chain.records.add(Arrays.copyOf(record, size));
    }

    private static void assertHolds(ChunkLog log, Chain chain) {
        long address = chain.last;
        for (int i = chain.records.size() - 1; i >= 0; i--) {
            int begin = log.begin(address);
            assertThat(Arrays.copyOfRange(log.array(address), begin, begin + log.length(address)))
                    .isEqualTo(chain.records.get(i));
            address = log.previous(address);
        }
        assertThat(address).isEqualTo(ChunkLog.NONE);
    }
}
