/** A stand-in for the Application Load Balancer, for one machine only. */
@NullMarked
package io.weathermesh.local.balancer;

import org.jspecify.annotations.NullMarked;
