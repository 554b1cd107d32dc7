/** The temperature-provider. */
@NullMarked
package io.weathermesh.temperature;

import org.jspecify.annotations.NullMarked;
