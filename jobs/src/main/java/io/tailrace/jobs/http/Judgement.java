package io.tailrace.jobs.http;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells what an answer means. */
record Judgement(Service service, Secrets secrets) {

    private static final int TOO_MANY_REQUESTS = 429;

    /** The data of a good answer. */
    JsonNode of(Call call, Answer answer, HttpResponse<String> response) throws CallException {
        if (answer.status() == TOO_MANY_REQUESTS || answer.status() >= 500) {
            Fault fault = answer.status() == TOO_MANY_REQUESTS ? Fault.BUSY : Fault.FAILING;
            throw failure(
                    fault,
                    answer,
                    "%s answers %d: %s".formatted(service, answer.status(), answer.words()),
                    retryAfter(response));
        } else if (answer.isRedirect()) {
            throw failure(
                    Fault.ANOTHER_SERVICE,
                    answer,
                    "%s sends on to %s, as where one must log in; is %s right?"
                            .formatted(
                                    service,
                                    answer.location().orElse("nowhere"),
                                    service.setting()),
                    -1);
        } else if (answer.isHtml() || !answer.isJson() && answer.status() < 400) {
            throw failure(
                    Fault.ANOTHER_SERVICE,
                    answer,
                    "%s answers %s, not JSON: %s; is %s right, with its whole path?"
                            .formatted(
                                    service,
                                    answer.isHtml() ? "HTML" : "text",
                                    answer.words().isEmpty() ? "nothing" : answer.words(),
                                    service.setting()),
                    -1);
        } else if (answer.status() >= 400 || !answer.isGood()) {
            throw refusal(call, answer);
        }
        return answer.data();
    }

    private CallException refusal(Call call, Answer answer) {
        String words = answer.words();
        Fault fault = Refusals.of(answer.status(), answer.code(), words);
        String said =
                answer.code().isEmpty()
                        ? "\"%s\"".formatted(words)
                        : "\"%s\" (code %s)".formatted(words, answer.code());
        String sentence =
                switch (fault) {
                    case UNKNOWN_CALLER ->
                            "%s refuses the credentials: %s; are %s right?"
                                    .formatted(service, said, service.credentials());
                    case FORBIDDEN ->
                            "%s does not allow it: %s; ask for %s"
                                    .formatted(service, said, call.permission());
                    case MISSING ->
                            answer.status() == 404
                                    ? "%s does not know %s: %s; is %s right, with its whole path?"
                                            .formatted(
                                                    service,
                                                    call.path().split("\\?", 2)[0],
                                                    said,
                                                    service.setting())
                                    : "%s refuses: %s".formatted(service, said);
                    case TAKEN -> "%s says that it is taken: %s".formatted(service, said);
                    default -> "%s refuses: %s".formatted(service, said);
                };
        return failure(fault, answer, sentence, -1);
    }

    private CallException failure(Fault fault, Answer answer, String words, long retryAfter) {
        return new CallException(
                fault, answer.status(), answer.code(), secrets.conceal(words), retryAfter);
    }

    /** In seconds; dates are left alone. */
    private static long retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(each -> each.matches("[0-9]{1,6}"))
                .map(each -> Duration.ofSeconds(Long.parseLong(each)).toMillis())
                .orElse(-1L);
    }
}
