package io.tailrace.jobs.source.file;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.input.UnreadableException;
import io.tailrace.operators.span.RequestDecoder;
import io.tailrace.operators.span.wire.RequestWalker;

import java.io.EOFException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipException;

/**
 * Reads the records of files one after another, and gives each its arrival: the latest end of a
 * span in all records up to and including it, in whole milliseconds. An end after the wall clock
 * does not count, so that one span of a wrong clock cannot carry all others past their deadlines.
 */
final class FileReader implements SourceReader<SpanRequest, FileSplit> {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final FileSettings settings;
    private final Clock clock;
    private final Pacer pacer;
    private final RequestDecoder decoder = new RequestDecoder();
    private final RequestWalker walker = new RequestWalker();

    private FileSplit split;
    private RecordStream stream;
    private boolean noMoreSplits;
    private CompletableFuture<Void> available = new CompletableFuture<>();

    FileReader(FileSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.pacer = new Pacer(settings.rate());
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<SpanRequest> output) throws Exception {
        if (split == null) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : waitFor(new CompletableFuture<>());
        }
        CompletableFuture<Void> turn = pacer.turn();
        if (!turn.isDone()) {
            return waitFor(turn);
        }
        if (split.file() == split.files().size()) {
            // All deadlines that time reached are past; what is decided after this, the end
            // decides.
            output.emitWatermark(new Watermark(split.arrival() - 1));
            split = null;
            return InputStatus.END_OF_INPUT;
        }
        readRecord(output);
        return InputStatus.MORE_AVAILABLE;
    }

    private InputStatus waitFor(CompletableFuture<Void> moment) {
        available = moment;
        return InputStatus.NOTHING_AVAILABLE;
    }

    private void readRecord(ReaderOutput<SpanRequest> output) throws IOException {
        String file = split.files().get(split.file());
        Origin origin = Origin.ofFile(file, split.records() + 1);
        RecordStream.Item item;
        try {
            if (stream == null) {
                stream =
                        RecordStream.open(
                                file, settings.encoding(), settings.maxRecordBytes().bytes());
                stream.skip(split.records());
            }
            item = stream.next();
        } catch (EOFException | ZipException broken) {
            output.collect(brokenFile(origin, broken), split.arrival());
            item = null;
        }
        if (item == null) {
            closeStream();
            split = new FileSplit(split.files(), split.file() + 1, 0, split.arrival());
            return;
        }
        long arrival = split.arrival();
        if (!isBlank(item)) {
            SpanRequest request = request(item, origin);
            arrival = request.arrival();
            output.collect(request, arrival);
            pacer.passed();
        }
        split = new FileSplit(split.files(), split.file(), split.records() + 1, arrival);
    }

    private boolean isBlank(RecordStream.Item item) {
        if (item.fault() != null || settings.encoding() == Encoding.OTLP_PROTO) {
            return false;
        }
        for (byte each : item.bytes()) {
            if (each < 0 || each > ' ') {
                return false;
            }
        }
        return true;
    }

    /** A gzip file that is cut off or damaged: what came before stands, the rest cannot be read. */
    private SpanRequest brokenFile(Origin origin, IOException broken) {
        DeadLetter letter =
                DeadLetter.of(
                        DeadLetter.Reason.UNREADABLE_FILE,
                        "The file cannot be read beyond this record: " + broken.getMessage(),
                        origin,
                        new byte[0]);
        return new SpanRequest(
                origin, split.arrival(), Encoding.OTLP_PROTO, new byte[0], List.of(letter));
    }

    private SpanRequest request(RecordStream.Item item, Origin origin) {
        if (item.fault() != null) {
            DeadLetter letter =
                    new DeadLetter(item.fault(), item.error(), origin, item.bytes(), item.size());
            return new SpanRequest(
                    origin, split.arrival(), Encoding.OTLP_PROTO, new byte[0], List.of(letter));
        }
        List<DeadLetter> rejects = new ArrayList<>();
        try {
            byte[] otlp =
                    decoder.decode(
                            settings.encoding(),
                            item.bytes(),
                            (reason, error, bytes, from, to) ->
                                    rejects.add(
                                            DeadLetter.of(reason, error, origin, bytes, from, to)));
            return new SpanRequest(
                    origin, arrival(otlp), Encoding.OTLP_PROTO, otlp, List.copyOf(rejects));
        } catch (UnreadableException fault) {
            // Whoever splits requests meets the fault again, and makes the dead letter.
            return new SpanRequest(origin, split.arrival(), settings.encoding(), item.bytes());
        }
    }

    private long arrival(byte[] otlp) throws UnreadableException {
        long now = clock.millis();
        long[] latest = {split.arrival()};
        walker.walk(
                otlp,
                (reason, error, bytes, from, to) -> {},
                span -> {
                    long end = Long.divideUnsigned(span.endUnixNano(), NANOS_PER_MILLI);
                    if (end > latest[0] && end <= now) {
                        latest[0] = end;
                    }
                });
        return latest[0];
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<FileSplit> splits) {
        split = splits.get(0);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        available.complete(null);
    }

    @Override
    public List<FileSplit> snapshotState(long checkpoint) {
        return split == null ? List.of() : List.of(split);
    }

    @Override
    public void close() throws IOException {
        pacer.close();
        closeStream();
    }

    private void closeStream() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }
}
