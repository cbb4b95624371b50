package io.tailrace.operators.discovery;

/** A thing with the name of an endpoint, of which a service may have only so many. */
public sealed interface Named extends Item permits Endpoint, RootEndpoint, RemoteServiceRelation {

    /** Stands for all names above the limit. */
    String OVERFLOW = "__overflow__";

    /** Whose names are limited together: the service, or the remote node. */
    String owner();

    String endpointName();

    Named withEndpointName(String name);
}
