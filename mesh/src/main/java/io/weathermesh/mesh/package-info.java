/** Finding, calling, serving and leaving: gRPC over Cloud Map DNS. */
@NullMarked
package io.weathermesh.mesh;

import org.jspecify.annotations.NullMarked;
