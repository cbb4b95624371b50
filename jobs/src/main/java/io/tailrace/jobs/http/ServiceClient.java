package io.tailrace.jobs.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Calls a service. What fails for a passing reason is tried again, less and less often; a refusal
 * never is. Each try is logged, without headers and bodies.
 */
public final class ServiceClient {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceClient.class);
    private static final double JITTER = 0.25;

    private final Service service;
    private final HttpSettings settings;
    private final Transport transport;
    private final Pace pace;
    private final Deadline deadline;
    private final Secrets secrets;

    /**
     * Whether the last call could not reach it; then one try is enough to see whether it is back.
     */
    private volatile boolean away;

    public ServiceClient(
            Service service,
            HttpSettings settings,
            Transport transport,
            Pace pace,
            Deadline deadline,
            Secrets secrets) {
        this.service = service;
        this.settings = settings;
        this.transport = transport;
        this.pace = pace;
        this.deadline = deadline;
        this.secrets = secrets;
    }

    public Service service() {
        return service;
    }

    /**
     * The answer's data. A call that is not repeatable is made within {@link #makeOnce}, which
     * looks before it tries again.
     *
     * @throws CallException where it is refused, or fails for too long
     */
    public JsonNode send(Call call) throws CallException, InterruptedException {
        try {
            return call.repeatable() ? retried(() -> attempt(call)) : attempt(call);
        } catch (CallException failure) {
            throw failure.in("cannot " + call.purpose());
        }
    }

    /** Asks whether what is to be made is there already. */
    @FunctionalInterface
    public interface Lookup<T> {
        Optional<T> look() throws CallException, InterruptedException;
    }

    /** Makes what was not there. */
    @FunctionalInterface
    public interface Making<T> {
        T make() throws CallException, InterruptedException;
    }

    /**
     * Makes something once: where a try failed that may have been done all the same, or finds the
     * name taken, it is looked for before it is tried again.
     */
    public <T> T makeOnce(Lookup<T> lookup, Making<T> making)
            throws CallException, InterruptedException {
        boolean[] tried = {false};
        return retried(
                () -> {
                    if (tried[0]) {
                        Optional<T> found = lookup.look();
                        if (found.isPresent()) {
                            return found.get();
                        }
                    }
                    tried[0] = true;
                    try {
                        return making.make();
                    } catch (CallException failure) {
                        Optional<T> found =
                                failure.fault() == Fault.TAKEN ? lookup.look() : Optional.empty();
                        if (found.isPresent()) {
                            return found.get();
                        }
                        throw failure;
                    }
                });
    }

    private <T> T retried(CheckedSupplier<T> attempt) throws CallException, InterruptedException {
        RetryPolicy<T> retries =
                RetryPolicy.<T>builder()
                        .handleIf(
                                failure ->
                                        failure instanceof CallException call
                                                && call.fault().isPassing())
                        .withMaxRetries(away ? 0 : settings.retries())
                        .withMaxDuration(deadline.left())
                        .withBackoff(settings.minBackoff(), settings.maxBackoff())
                        .withDelayFn(context -> asked(context.getLastException()))
                        .withJitter(JITTER)
                        .build();
        try {
            return Failsafe.with(retries).get(attempt);
        } catch (FailsafeException failure) {
            if (failure.getCause() instanceof CallException own) {
                away = own.fault() == Fault.UNREACHABLE;
                throw own;
            } else if (failure.getCause() instanceof InterruptedException interrupt) {
                throw interrupt;
            }
            throw failure;
        }
    }

    /** So long that it is not too short after the jitter; negative for what the backoff says. */
    private static Duration asked(Throwable failure) {
        return failure instanceof CallException call && call.retryAfterMillis() >= 0
                ? Duration.ofMillis((long) Math.ceil(call.retryAfterMillis() / (1 - JITTER)))
                : Duration.ofNanos(-1);
    }

    private JsonNode attempt(Call call) throws CallException, InterruptedException {
        URI address = URI.create(service.url() + call.path());
        Duration left = deadline.left();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(
                                left.compareTo(settings.timeout()) < 0 ? left : settings.timeout());
        if (call.body() == null) {
            request.method(call.method(), HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json; charset=utf-8")
                    .method(
                            call.method(),
                            HttpRequest.BodyPublishers.ofString(call.body().toString()));
        }
        return exchange(call, request);
    }

    /** Sends a request that is not JSON, as an upload is; it is not tried again. */
    public JsonNode upload(Call call, HttpRequest.Builder request)
            throws CallException, InterruptedException {
        try {
            return exchange(call, request);
        } catch (CallException failure) {
            throw failure.in("cannot " + call.purpose());
        }
    }

    private JsonNode exchange(Call call, HttpRequest.Builder builder)
            throws CallException, InterruptedException {
        builder.header("Accept", "application/json").header("User-Agent", "tailrace");
        service.headers().forEach(builder::header);
        HttpRequest request = builder.build();
        pace.await(request.uri());
        long start = System.nanoTime();
        HttpResponse<String> response;
        try {
            response = transport.send(request);
        } catch (IOException failure) {
            CallException words =
                    Unanswered.of(failure, service, request.timeout().orElse(settings.timeout()));
            log(call, start, words.fault().name(), "-");
            throw words;
        }
        away = false;
        Answer answer = Answer.of(response);
        log(
                call,
                start,
                answer.code().isEmpty()
                        ? "" + answer.status()
                        : answer.status() + "/" + answer.code(),
                answer.requestId());
        return new Judgement(service, secrets).of(call, answer, response);
    }

    private static void log(Call call, long start, String code, String requestId) {
        LOG.info(
                "{} {} {} ms, {}, request {}",
                call.method(),
                call.path(),
                (System.nanoTime() - start) / 1_000_000,
                code,
                requestId);
    }
}
