/** The temperature-provider: its process and its calls. */
@NullMarked
package io.weathermesh.temperature;

import org.jspecify.annotations.NullMarked;
