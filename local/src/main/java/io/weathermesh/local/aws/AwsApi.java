package io.weathermesh.local.aws;

import java.util.Map;

/** An API of AWS. Safe for use by many threads. */
interface AwsApi {
    /**
     * Executes an operation.
     *
     * @return the members of the response: maps, lists, strings, numbers, booleans and instants
     * @throws AwsException where AWS returns an error
     */
    Map<String, ?> call(String operation, AwsRequest request);
}
