/** Discovery, calls, serving and graceful shutdown: gRPC over Cloud Map DNS. */
@NullMarked
package io.weathermesh.mesh;

import org.jspecify.annotations.NullMarked;
