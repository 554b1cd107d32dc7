/** Faults by a seed, load at the gateway meanwhile, and a verdict. */
@NullMarked
package io.weathermesh.local.trials.chaos;

import org.jspecify.annotations.NullMarked;
