/** Where readings come from: the embedded climatology, live upstreams, and the chain of them. */
@NullMarked
package io.weathermesh.sources;

import org.jspecify.annotations.NullMarked;
