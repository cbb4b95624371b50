package io.tailrace.jobs.source.generator.shop;

/**
 * How a call fails.
 *
 * @param http the HTTP status it is answered with
 * @param grpc the gRPC status it is answered with
 * @param type the exception's type, as the language that throws it writes it
 */
record Failure(int http, int grpc, String type, String message) {

    /** Whether it is the server's fault, by the semantic conventions of gRPC. */
    boolean serverErrorInGrpc() {
        return switch (grpc) {
            case 2, 4, 12, 13, 14, 15 -> true;
            default -> false;
        };
    }

    boolean serverErrorInHttp() {
        return http >= 500;
    }

    /** The same for another caller, who sees only this. */
    Failure as(String anotherType, String anotherMessage) {
        return new Failure(http, grpc, anotherType, anotherMessage);
    }
}
