/** What the AWS command line and the AWS SDKs see of the twin: ECS and Cloud Map in the protocol of AWS. */
@NullMarked
package io.weathermesh.local.aws;

import org.jspecify.annotations.NullMarked;
