/** The build's part of the pages; not in the jar. */
@NullMarked
package io.weathermesh.aggregator.web.making;

import org.jspecify.annotations.NullMarked;
