package io.tailrace.jobs.source.generator;

import org.apache.flink.core.io.InputStatus;

import io.tailrace.operators.input.SpanRequest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

class GeneratorReaderTest {

    private static final long START = Settings.START.toEpochMilli();
    private static final int LANES = 12;

    private final CollectingOutput output = new CollectingOutput();

    @Test
    void requestsComeInTheOrderOfTheirArrivalWithItAsTimestamp() throws Exception {
        GeneratorReader reader = unpaced(Settings.bounded(1, 400L, null));
        reader.addSplits(lanes());
        reader.notifyNoMoreSplits();
        drain(reader);

        assertThat(output.timestamps()).isSorted();
        assertThat(output.requests()).hasSizeGreaterThan(350);
        ShopTraffic traffic = new ShopTraffic(Settings.ofSeed(1));
        for (int i = 0; i < output.requests().size(); i++) {
            SpanRequest request = output.requests().get(i);
            long number = request.origin().offset();
            assertThat(request.arrival())
                    .isEqualTo(START + number * 50)
                    .isEqualTo(output.timestamps().get(i));
            assertThat(request.payload()).isEqualTo(traffic.request(number, START));
        }
    }

    @Test
    void checkpointsAndOtherReadersLoseAndDoubleNothing() throws Exception {
        GeneratorSettings settings = Settings.bounded(1, 600L, null);
        ShopTraffic traffic = new ShopTraffic(settings);
        Map<Long, byte[]> expected = new TreeMap<>();
        for (long number = 0; number < 600; number++) {
            byte[] request = traffic.request(number, START);
            if (request.length > 0) {
                expected.put(number, request);
            }
        }

        Random random = new Random(7);
        CollectingOutput restored = new CollectingOutput();
        List<GeneratorSplit> lanes = lanes();
        // Some 30 requests a restart: far more restarts than it takes.
        for (int restart = 0; restart < 200; restart++) {
            List<GeneratorSplit> checkpoint = new ArrayList<>();
            int readers = 1 + random.nextInt(4);
            for (int index = 0; index < readers; index++) {
                int share = index;
                List<GeneratorSplit> all = lanes;
                GeneratorReader reader = unpaced(settings);
                reader.addSplits(
                        LongStream.range(0, all.size())
                                .filter(lane -> lane % readers == share)
                                .mapToObj(lane -> all.get((int) lane))
                                .toList());
                reader.notifyNoMoreSplits();
                int polls = random.nextInt(60);
                for (int poll = 0; poll < polls; poll++) {
                    reader.pollNext(restored);
                }
                checkpoint.addAll(throughBytes(reader.snapshotState(1)));
            }
            lanes = checkpoint;
        }

        assertThat(lanes).hasSize(LANES).allMatch(lane -> lane.next() >= 600);
        assertThat(restored.requests()).hasSameSizeAs(expected.keySet());
        byNumber(restored.requests())
                .forEach(
                        (number, bytes) ->
                                assertThat(bytes).as("%d", number).isEqualTo(expected.get(number)));
    }

    @Test
    void aPacedReaderWaitsForEachArrival() throws Exception {
        ManualPace pace = new ManualPace(START);
        GeneratorReader reader = new GeneratorReader(Settings.paced(1_000L), pace);
        reader.addSplits(List.of(new GeneratorSplit(10, 60, START)));
        reader.notifyNoMoreSplits();
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        CompletableFuture<Void> available = reader.isAvailable();

        pace.advanceTo(START + 499);
        assertThat(available).isNotDone();
        pace.advanceTo(START + 500);
        assertThat(available).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.snapshotState(1)).containsExactly(new GeneratorSplit(70, 60, START));
    }

    @Test
    void aLaneThatComesLaterWakesAPacedReader() throws Exception {
        GeneratorReader reader = new GeneratorReader(Settings.paced(null), new ManualPace(START));
        reader.addSplits(List.of(new GeneratorSplit(50, 60, START)));
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        reader.addSplits(List.of(new GeneratorSplit(0, 60, START)));
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
    }

    @Test
    void aReaderWithoutALaneEndsOnceThereAreNoMore() throws Exception {
        GeneratorReader reader = unpaced(Settings.ofSeed(1));
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        reader.notifyNoMoreSplits();
        assertThat(reader.isAvailable()).isDone();
        assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
    }

    private static GeneratorReader unpaced(GeneratorSettings settings) {
        return new GeneratorReader(settings, Pace.none());
    }

    private static List<GeneratorSplit> lanes() {
        return LongStream.range(0, LANES)
                .mapToObj(lane -> new GeneratorSplit(lane, LANES, START))
                .toList();
    }

    private void drain(GeneratorReader reader) throws Exception {
        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
            assertThat(reader.isAvailable()).isDone();
        }
    }

    private static List<GeneratorSplit> throughBytes(List<GeneratorSplit> lanes) throws Exception {
        GeneratorSplitSerializer serializer = new GeneratorSplitSerializer();
        List<GeneratorSplit> read = new ArrayList<>();
        for (GeneratorSplit lane : lanes) {
            read.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(lane)));
        }
        return read;
    }

    private static Map<Long, byte[]> byNumber(List<SpanRequest> requests) {
        Map<Long, byte[]> byNumber = new TreeMap<>();
        requests.forEach(request -> byNumber.put(request.origin().offset(), request.payload()));
        return byNumber;
    }
}
