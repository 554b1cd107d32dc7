/** The public HTTP server: routes, limits and JSON. */
@NullMarked
package io.weathermesh.aggregator.rest;

import org.jspecify.annotations.NullMarked;
