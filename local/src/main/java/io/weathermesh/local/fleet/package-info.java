/** Fargate on one machine: tasks as processes with an address each, their health, their replacement and their stop. */
@NullMarked
package io.weathermesh.local.fleet;

import org.jspecify.annotations.NullMarked;
