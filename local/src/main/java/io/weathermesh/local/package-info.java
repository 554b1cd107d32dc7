/** The whole system on one machine: the twin of Cloud Map and Fargate, and the weather command. */
@NullMarked
package io.weathermesh.local;

import org.jspecify.annotations.NullMarked;
