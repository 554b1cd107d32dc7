/** This mesh beside stock gRPC under the same faults: real processes, real load, one table. */
@NullMarked
package io.weathermesh.local.trials.compare;

import org.jspecify.annotations.NullMarked;
