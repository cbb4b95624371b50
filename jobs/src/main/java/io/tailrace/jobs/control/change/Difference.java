package io.tailrace.jobs.control.change;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A field that is not as it should be.
 *
 * @param field its path
 * @param is missing where it is not there, or not known
 * @param wanted missing where it is to go
 */
public record Difference(String field, JsonNode is, JsonNode wanted) {}
