package io.weathermesh.cdk;

import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.logs.LogGroup;

/**
 * What the rest of the stack needs of a service.
 *
 * @param name its name in Cloud Map
 * @param size what its tasks get
 */
record MeshService(String name, TaskSize size, FargateService service, SecurityGroup group, LogGroup logs) {}
