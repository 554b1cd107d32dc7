/** The system on AWS, as constructs and one stack. */
@NullMarked
package io.weathermesh.cdk;

import org.jspecify.annotations.NullMarked;
