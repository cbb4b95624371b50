package io.tailrace.jobs.source.splits;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FixedSplitsEnumeratorTest {

    private final RecordingContext context = new RecordingContext(3);
    private final FixedSplitsEnumerator<NamedSplit> enumerator =
            new FixedSplitsEnumerator<>(context, NamedSplit.of("a", "b", "c", "d"));

    @Test
    void aReaderGetsItsShareAndThenNoMore() {
        enumerator.addReader(1);
        enumerator.addReader(0);
        enumerator.addReader(2);

        assertThat(context.log()).containsExactly("1: b", "1 .", "0: a d", "0 .", "2: c", "2 .");
        assertThat(enumerator.snapshotState(1)).isEmpty();
    }

    @Test
    void aReaderWithoutAShareIsToldSoAtOnce() {
        RecordingContext three = new RecordingContext(3);
        new FixedSplitsEnumerator<>(three, NamedSplit.of("only")).addReader(2);
        assertThat(three.log()).containsExactly("2 .");
    }

    @Test
    void splitsOfAFailedReaderGoToItsSuccessor() {
        enumerator.addReader(0);
        enumerator.addSplitsBack(NamedSplit.of("a", "d"), 0);
        assertThat(enumerator.snapshotState(1))
                .containsExactlyInAnyOrderElementsOf(NamedSplit.of("a", "b", "c", "d"));

        enumerator.addReader(0);
        assertThat(context.log()).containsExactly("0: a d", "0 .", "0: a d", "0 .");
    }

    @Test
    void aRestoredEnumeratorHandsOutWhatWasWaitingAtAnotherParallelism() throws Exception {
        enumerator.addReader(1);
        SplitListSerializer<NamedSplit> serializer =
                new SplitListSerializer<>(new NamedSplit.Serializer());
        byte[] checkpoint = serializer.serialize(enumerator.snapshotState(1));
        List<NamedSplit> waiting = serializer.deserialize(serializer.getVersion(), checkpoint);

        RecordingContext one = new RecordingContext(1);
        new FixedSplitsEnumerator<>(one, waiting).addReader(0);
        assertThat(one.log()).containsExactly("0: a d c", "0 .");
    }
}
