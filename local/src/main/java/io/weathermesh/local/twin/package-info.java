/** The twin as a whole: its start, its control by other terminals, and its end. */
@NullMarked
package io.weathermesh.local.twin;

import org.jspecify.annotations.NullMarked;
