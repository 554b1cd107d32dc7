/** The sources that are called over the network, and the chain of all sources that ends with the climatology. */
@NullMarked
package io.weathermesh.sources.live;

import org.jspecify.annotations.NullMarked;
