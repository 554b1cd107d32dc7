/** The build's part of the documentation. It is not in the gateway's jar. */
@NullMarked
package io.weathermesh.aggregator.web.making;

import org.jspecify.annotations.NullMarked;
