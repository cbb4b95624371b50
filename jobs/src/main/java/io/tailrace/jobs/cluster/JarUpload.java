package io.tailrace.jobs.cluster;

import io.tailrace.jobs.http.Call;
import io.tailrace.jobs.http.CallException;
import io.tailrace.jobs.http.Fault;
import io.tailrace.jobs.http.ServiceClient;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Flow;

/** Sends a jar to a cluster, as a form of one file. */
public final class JarUpload {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int TOO_LARGE = 413;

    private final ServiceClient client;
    private final Progress progress;

    JarUpload(ServiceClient client, Progress progress) {
        this.client = client;
        this.progress = progress;
    }

    /** Told how much of a jar was sent, in bytes, from another thread. */
    @FunctionalInterface
    public interface Progress {
        void sent(long bytes, long all);
    }

    /** Gives the id that the cluster knows the jar by. */
    String upload(Path jar) throws CallException, InterruptedException {
        String boundary = "tailrace-" + UUID.randomUUID();
        String head =
                """
                --%s\r
                Content-Disposition: form-data; name="jarfile"; filename="%s"\r
                Content-Type: application/x-java-archive\r
                \r
                """
                        .formatted(boundary, jar.getFileName());
        Call call = Call.ask("/jars/upload", null, "upload " + jar, Submitting.PERMISSION);
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(client.service().url() + call.path()))
                            .timeout(LIMIT)
                            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                            .POST(
                                    BodyPublishers.concat(
                                            BodyPublishers.ofString(head),
                                            new Counted(jar, progress),
                                            BodyPublishers.ofString(
                                                    "\r\n--" + boundary + "--\r\n",
                                                    StandardCharsets.US_ASCII)));
            String file = client.upload(call, request).path("filename").asText();
            return file.substring(file.lastIndexOf('/') + 1);
        } catch (CallException failure) {
            throw failure.status() == TOO_LARGE ? tooLarge(jar, failure) : failure;
        } catch (IOException failure) {
            throw new CallException(Fault.MISSING, "cannot read the jar " + jar);
        }
    }

    private static CallException tooLarge(Path jar, CallException failure) {
        return new CallException(
                Fault.REFUSED,
                failure.getMessage()
                        + "; the jar %s is too large for it: let the proxy or rest.server.max-content-length take more"
                                .formatted(jar));
    }

    /** A file as a body, which tells how much of it is on its way. */
    private static final class Counted implements BodyPublisher {
        private final BodyPublisher file;
        private final long all;
        private final Progress progress;

        Counted(Path jar, Progress progress) throws IOException {
            this.file = BodyPublishers.ofFile(jar);
            this.all = Files.size(jar);
            this.progress = progress;
        }

        @Override
        public long contentLength() {
            return all;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            file.subscribe(
                    new Flow.Subscriber<>() {
                        private long sent;

                        @Override
                        public void onSubscribe(Flow.Subscription subscription) {
                            subscriber.onSubscribe(subscription);
                        }

                        @Override
                        public void onNext(ByteBuffer part) {
                            sent += part.remaining();
                            progress.sent(sent, all);
                            subscriber.onNext(part);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            subscriber.onError(failure);
                        }

                        @Override
                        public void onComplete() {
                            subscriber.onComplete();
                        }
                    });
        }
    }
}
