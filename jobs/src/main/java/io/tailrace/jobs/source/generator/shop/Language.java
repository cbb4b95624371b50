package io.tailrace.jobs.source.generator.shop;

import io.opentelemetry.proto.common.v1.InstrumentationScope;

/** What a service is written in: its SDK, its instrumentations, the look of its stack traces. */
enum Language {
    NODEJS(
            "nodejs",
            "2.1.0",
            "0.203.0",
            "@opentelemetry/instrumentation-http",
            "@opentelemetry/instrumentation-grpc",
            "@opentelemetry/instrumentation-ioredis",
            "@opentelemetry/instrumentation-kafkajs",
            "    at handle (/app/%s/handler.js:87:15)\n    at process.processTicksAndRejections"),
    GO(
            "go",
            "1.37.0",
            "0.62.0",
            "go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp",
            "go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc",
            "github.com/XSAM/otelsql",
            "github.com/IBM/sarama/otelsarama",
            "goroutine 218 [running]:\nmain.handle\n\t/src/%s/main.go:142"),
    JAVA(
            "java",
            "1.53.0",
            "2.19.0-alpha",
            "io.opentelemetry.tomcat-10.0",
            "io.opentelemetry.grpc-1.6",
            "io.opentelemetry.jdbc",
            "io.opentelemetry.kafka-clients-0.11",
            "\tat shop.%s.Handler.handle(Handler.java:87)\n\tat java.base/java.lang.Thread.run(Thread.java:1583)"),
    DOTNET(
            "dotnet",
            "1.12.0",
            "1.12.0",
            "OpenTelemetry.Instrumentation.AspNetCore",
            "OpenTelemetry.Instrumentation.GrpcNetClient",
            "OpenTelemetry.Instrumentation.StackExchangeRedis",
            "OpenTelemetry.Instrumentation.ConfluentKafka",
            "   at Shop.%s.Handler.Handle() in /src/Handler.cs:line 61"),
    PYTHON(
            "python",
            "1.36.0",
            "0.57b0",
            "opentelemetry.instrumentation.fastapi",
            "opentelemetry.instrumentation.grpc",
            "opentelemetry.instrumentation.redis",
            "opentelemetry.instrumentation.kafka",
            "  File \"/app/%s/handler.py\", line 58, in handle"),
    RUST(
            "rust",
            "0.30.0",
            "0.15.0",
            "opentelemetry-instrumentation-actix-web",
            "opentelemetry-tonic",
            "opentelemetry-sqlx",
            "opentelemetry-rdkafka",
            "   0: %s::handler::handle\n             at ./src/handler.rs:44"),
    RUBY(
            "ruby",
            "1.8.1",
            "0.27.0",
            "OpenTelemetry::Instrumentation::Rack",
            "OpenTelemetry::Instrumentation::Grpc",
            "OpenTelemetry::Instrumentation::Redis",
            "OpenTelemetry::Instrumentation::RdKafka",
            "\tfrom /app/%s/handler.rb:33:in `call'");

    /** What makes a span: an instrumentation of some protocol, or the service's own code. */
    enum Instrumentation {
        HTTP,
        RPC,
        DATABASE,
        MESSAGING,
        OWN_CODE
    }

    private static final InstrumentationScope OWN_CODE = scope("shop", "1.0.0");

    private final String sdkLanguage;
    private final String sdkVersion;
    private final String stack;
    private final InstrumentationScope http;
    private final InstrumentationScope rpc;
    private final InstrumentationScope database;
    private final InstrumentationScope messaging;

    Language(
            String sdkLanguage,
            String sdkVersion,
            String instrumentationVersion,
            String http,
            String rpc,
            String database,
            String messaging,
            String stack) {
        this.sdkLanguage = sdkLanguage;
        this.sdkVersion = sdkVersion;
        this.stack = stack;
        this.http = scope(http, instrumentationVersion);
        this.rpc = scope(rpc, instrumentationVersion);
        this.database = scope(database, instrumentationVersion);
        this.messaging = scope(messaging, instrumentationVersion);
    }

    private static InstrumentationScope scope(String name, String version) {
        return InstrumentationScope.newBuilder().setName(name).setVersion(version).build();
    }

    /** As in {@code telemetry.sdk.language}. */
    String sdkLanguage() {
        return sdkLanguage;
    }

    String sdkVersion() {
        return sdkVersion;
    }

    InstrumentationScope scope(Instrumentation instrumentation) {
        return switch (instrumentation) {
            case HTTP -> http;
            case RPC -> rpc;
            case DATABASE -> database;
            case MESSAGING -> messaging;
            case OWN_CODE -> OWN_CODE;
        };
    }

    /** A short stack trace. */
    String stackTrace(Failure failure, Service service) {
        String folder = service.serviceName().replace("-", "");
        return failure.type() + ": " + failure.message() + "\n" + stack.formatted(folder);
    }
}
