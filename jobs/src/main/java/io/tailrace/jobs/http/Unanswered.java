package io.tailrace.jobs.http;

import org.apache.flink.util.ExceptionUtils;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;

/** Says why there is no answer. */
final class Unanswered {

    private static final String TRUST =
            "a trust store that knows it can be named by"
                    + " TAILRACE_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE";

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
        Optional<String> distrust =
                ExceptionUtils.findThrowable(failure, CertificateException.class)
                        .map(Unanswered::innermost);
        if (distrust.isPresent()) {
            return new CallException(
                    Fault.ANOTHER_SERVICE,
                    "%s shows a certificate that is not trusted: %s; %s"
                            .formatted(service, distrust.get(), TRUST));
        }
        String words =
                failure.getMessage() == null
                        ? failure.getClass().getSimpleName()
                        : failure.getMessage();
        return new CallException(
                Fault.BROKEN, "%s broke off the connection: %s".formatted(service, words));
    }

    private static boolean isUnresolved(IOException failure) {
        return ExceptionUtils.findThrowable(failure, UnresolvedAddressException.class).isPresent();
    }

    private static String innermost(Throwable failure) {
        return failure.getCause() == null ? failure.getMessage() : innermost(failure.getCause());
    }
}
