/** The humidity-provider. */
@NullMarked
package io.weathermesh.humidity;

import org.jspecify.annotations.NullMarked;
