/** The twin as a whole: what runs, how it is spoken to, and how it ends. */
@NullMarked
package io.weathermesh.local.twin;

import org.jspecify.annotations.NullMarked;
