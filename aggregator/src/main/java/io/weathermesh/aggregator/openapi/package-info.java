/** The REST surface as an OpenAPI 3.1 document, whose messages are those of the contract. */
@NullMarked
package io.weathermesh.aggregator.openapi;

import org.jspecify.annotations.NullMarked;
