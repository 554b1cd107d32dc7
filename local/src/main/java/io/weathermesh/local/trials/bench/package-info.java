/** What a request costs the gateway, beside what its libraries cost alone: real processes, real load, one table. */
@NullMarked
package io.weathermesh.local.trials.bench;

import org.jspecify.annotations.NullMarked;
