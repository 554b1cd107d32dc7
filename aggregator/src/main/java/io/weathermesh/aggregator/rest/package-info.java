/** The public edge: HTTP in, JSON out. What the weather is, it asks the desk. */
@NullMarked
package io.weathermesh.aggregator.rest;

import org.jspecify.annotations.NullMarked;
