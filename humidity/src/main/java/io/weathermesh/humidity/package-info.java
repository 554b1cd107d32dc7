/** The humidity-provider: its process and its calls. */
@NullMarked
package io.weathermesh.humidity;

import org.jspecify.annotations.NullMarked;
