package io.weathermesh.local.aws;

import java.util.Map;

/** One of the APIs of AWS. Safe for use by many threads. */
interface AwsApi {
    /**
     * Carries an operation out.
     *
     * @return what becomes the JSON object of the answer: maps, lists, texts, numbers, truth values and instants
     * @throws AwsException where AWS would refuse
     */
    Map<String, ?> call(String operation, AwsRequest request);
}
