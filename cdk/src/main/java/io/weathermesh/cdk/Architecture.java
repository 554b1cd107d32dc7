package io.weathermesh.cdk;

import software.amazon.awscdk.services.ecs.CpuArchitecture;

/** What tasks run on. An image is for one of them: its class cache was trained there. */
public enum Architecture {
    /** The cheaper one on Fargate. */
    ARM64,

    X86_64;

    CpuArchitecture ofTasks() {
        return this == ARM64 ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64;
    }
}
