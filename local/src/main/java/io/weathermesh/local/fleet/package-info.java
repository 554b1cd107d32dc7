/** Fargate on one machine: tasks as processes with an address each, their health, replacement and stop. */
@NullMarked
package io.weathermesh.local.fleet;

import org.jspecify.annotations.NullMarked;
