/** The REST API as an OpenAPI 3.1 document. */
@NullMarked
package io.weathermesh.aggregator.openapi;

import org.jspecify.annotations.NullMarked;
