package io.weathermesh.cdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.regioninfo.RegionInfo;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.RepositoryAttributes;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.constructs.Construct;

/**
 * The images of the services, in ECR repositories {@code <prefix>/<service>}. They are pushed before the stack is deployed
 * (README), so a synth needs no container engine and no network.
 *
 * @param registry the registry, such as 111122223333.dkr.ecr.eu-central-1.amazonaws.com; if empty, that of the stack's account
 *     and region
 * @param prefix the first part of the repositories' names
 * @param versions for each service a tag that never moves, or a digest such as sha256:0123...: a tag that moves cannot be
 *     rolled back
 * @param architecture the architecture that the images were built for
 */
public record Images(
        Optional<String> registry, String prefix, Map<String, String> versions, Architecture architecture) {
    /** A CPU architecture. An image runs on one of them: its class cache was trained there. */
    public enum Architecture {
        /** The cheaper one on Fargate. */
        ARM64,

        X86_64;

        CpuArchitecture ofTasks() {
            return this == ARM64 ? CpuArchitecture.ARM64 : CpuArchitecture.X86_64;
        }
    }

    private static final Pattern REGISTRY =
            Pattern.compile("(\\d{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]+([._/-][a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    public Images {
        if (registry.isPresent() && !REGISTRY.matcher(registry.get()).matches()) {
            throw new IllegalArgumentException("imageRegistry is '" + registry.get()
                    + "', but must be one of ECR, such as 111122223333.dkr.ecr.eu-central-1.amazonaws.com");
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "imagePrefix is '" + prefix + "', but must be the name of a repository, such as weather-mesh");
        }
        versions = Map.copyOf(versions);
        for (String service : Services.names()) {
            String version = versions.get(service);
            if (version == null) {
                throw new IllegalArgumentException("imageTag is not given, but must be the tag that the image of "
                        + service + " was pushed under, such as a commit");
            }
            boolean tag = TAG.matcher(version).matches() && !version.equals("latest");
            if (!tag && !DIGEST.matcher(version).matches()) {
                throw new IllegalArgumentException(
                        "imageTag of " + service + " is '" + version
                                + "', but must be a tag that never moves, such as a commit, or a digest such as sha256:0123...");
            }
        }
        for (String service : new TreeMap<>(versions).keySet()) {
            if (!Services.names().contains(service)) {
                throw new IllegalArgumentException("imageVersions has '" + service + "', but must have only "
                        + String.join(", ", Services.names()));
            }
        }
    }

    /** Refuses a registry elsewhere: the endpoints of a VPC lead to ECR of their own region. */
    void requireRegistryIn(String region) {
        coordinates().filter(found -> !found.group(2).equals(region)).ifPresent(found -> {
            throw new IllegalArgumentException("imageRegistry is '" + found.group() + "', but must be in " + region
                    + ", the region of the stack, with egress endpoints");
        });
    }

    /** The image of a service, and with it the permission to pull it for the role that starts its tasks. */
    ContainerImage of(String service, Construct scope) {
        String name = prefix + "/" + service;
        IRepository repository = coordinates()
                .map(found -> Repository.fromRepositoryAttributes(
                        scope,
                        "Repository",
                        RepositoryAttributes.builder()
                                .repositoryName(name)
                                .repositoryArn(arn(found.group(1), found.group(2), name))
                                .build()))
                .orElseGet(() -> Repository.fromRepositoryName(scope, "Repository", name));
        return ContainerImage.fromEcrRepository(repository, versions.get(service));
    }

    /** The ARNs of the repositories, with the account and the region of the stack where there is no registry. */
    List<String> repositoryArns() {
        String registryArn = coordinates()
                .map(found -> arn(found.group(1), found.group(2), ""))
                .orElseGet(() -> "arn:" + Aws.PARTITION + ":ecr:" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":repository/");
        return Services.names().stream()
                .map(service -> registryArn + prefix + "/" + service)
                .toList();
    }

    private static String arn(String account, String region, String name) {
        return "arn:" + RegionInfo.get(region).getPartition() + ":ecr:" + region + ":" + account + ":repository/"
                + name;
    }

    private Optional<Matcher> coordinates() {
        return registry.map(REGISTRY::matcher).filter(Matcher::matches);
    }
}
