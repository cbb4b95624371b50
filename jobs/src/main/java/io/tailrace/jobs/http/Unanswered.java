package io.tailrace.jobs.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** Says why there is no answer. */
final class Unanswered {

    private Unanswered() {}

    static CallException of(IOException failure, Service service, Duration timeout) {
        if (failure instanceof ConnectException && isUnresolved(failure)) {
            return new CallException(
                    Fault.UNREACHABLE,
                    "%s: nobody knows this host; is %s right?"
                            .formatted(service, service.setting()));
        } else if (failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException) {
            return new CallException(
                    Fault.UNREACHABLE,
                    "%s does not take connections; is %s right?"
                            .formatted(service, service.setting()));
        } else if (failure instanceof HttpTimeoutException) {
            return new CallException(
                    Fault.BROKEN,
                    "%s did not answer within %s".formatted(service, Deadline.inWords(timeout)));
        }
        String words =
                failure.getMessage() == null
                        ? failure.getClass().getSimpleName()
                        : failure.getMessage();
        return new CallException(
                Fault.BROKEN, "%s broke off the connection: %s".formatted(service, words));
    }

    private static boolean isUnresolved(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
