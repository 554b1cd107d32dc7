/** A name server that answers as Cloud Map's private zone in Route 53 does, faults on command included. */
@NullMarked
package io.weathermesh.local.dns;

import org.jspecify.annotations.NullMarked;
