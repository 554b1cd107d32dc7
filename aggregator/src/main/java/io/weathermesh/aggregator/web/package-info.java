/** The page and the documentation, as files for browsers. */
@NullMarked
package io.weathermesh.aggregator.web;

import org.jspecify.annotations.NullMarked;
