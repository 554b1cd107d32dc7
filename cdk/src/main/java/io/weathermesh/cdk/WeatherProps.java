package io.weathermesh.cdk;

import io.weathermesh.cdk.Placement.Egress;

/**
 * Everything that can be chosen about a deployment. Props that CloudFormation would refuse, or that would lose calls, cannot
 * be made.
 *
 * @param placement the region, the zones and the way out
 * @param access how clients reach the load balancer
 * @param images the images of the services
 * @param services the sizes and timings of the services
 * @param sources the weather sources of the providers
 * @param operations logs, alarms and protection
 */
public record WeatherProps(
        Placement placement,
        PublicAccess access,
        Images images,
        Services services,
        WeatherSources sources,
        Operations operations) {

    public WeatherProps {
        if (placement.egress() == Egress.ENDPOINTS && sources.isLive()) {
            throw new IllegalArgumentException("sources is '" + sources.order()
                    + "', but must be climatology with egress" + " endpoints: live sources need egress nat");
        }
        if (placement.egress() == Egress.ENDPOINTS) {
            images.requireRegistryIn(placement.region());
        }
        if (access instanceof PublicAccess.Https https) {
            placement.requireSameRegion("certificate", https.certificateArn());
        }
        operations.alarmTopicArn().ifPresent(arn -> placement.requireSameRegion("alarmTopic", arn));
        placement.requireRoomFor(
                services.maxProviderTasks() + services.gateway().maxTasks());
    }
}
