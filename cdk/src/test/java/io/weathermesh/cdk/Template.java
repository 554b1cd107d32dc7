package io.weathermesh.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A synthesized template, to be asked questions. References are compared as text: {@code Ref} and {@code GetAtt} name an id. */
record Template(ObjectNode json) {
    record Resource(String id, JsonNode json) {
        String type() {
            return json.path("Type").asText();
        }

        JsonNode at(String pointer) {
            return json.at("/Properties" + pointer);
        }

        /** The value of one of the load balancer's key and value pairs, or empty. */
        String attribute(String list, String key) {
            for (JsonNode pair : at(list)) {
                if (pair.path("Key").asText().equals(key)) {
                    return pair.path("Value").isValueNode()
                            ? pair.path("Value").asText()
                            : pair.path("Value").toString();
                }
            }
            return "";
        }
    }

    Stream<Resource> all() {
        List<Resource> resources = new ArrayList<>();
        json.path("Resources")
                .fields()
                .forEachRemaining(entry -> resources.add(new Resource(entry.getKey(), entry.getValue())));
        return resources.stream();
    }

    List<Resource> all(String type) {
        return all().filter(resource -> resource.type().equals(type)).toList();
    }

    /** The one resource of a type whose id begins so. */
    Resource one(String type, String prefix) {
        List<Resource> found = all(type).stream()
                .filter(resource -> resource.id().startsWith(prefix))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " resources of " + type + " begin with " + prefix);
        }
        return found.get(0);
    }

    Resource byId(String id) {
        return new Resource(id, json.path("Resources").path(id));
    }

    /** The id that a {@code Ref} or the first part of a {@code GetAtt} names. */
    static String target(JsonNode reference) {
        JsonNode attribute = reference.path("Fn::GetAtt").path(0);
        return attribute.isMissingNode() ? reference.path("Ref").asText() : attribute.asText();
    }

    /** A rule that lets somebody in: who is a group's id, or a range of addresses. */
    record Ingress(String group, String who, String protocol, int from, int to) {
        boolean is(String caller, int port) {
            return who.equals(caller) && protocol.equals("tcp") && from == port && to == port;
        }
    }

    /** All rules that let somebody in, those inside groups and those beside them. */
    List<Ingress> ingress() {
        return rules("AWS::EC2::SecurityGroupIngress", "/SecurityGroupIngress", "SourceSecurityGroupId");
    }

    List<Ingress> egress() {
        return rules("AWS::EC2::SecurityGroupEgress", "/SecurityGroupEgress", "DestinationSecurityGroupId");
    }

    private List<Ingress> rules(String beside, String inside, String other) {
        List<Ingress> rules = new ArrayList<>();
        for (Resource group : all("AWS::EC2::SecurityGroup")) {
            group.at(inside).forEach(rule -> rules.add(rule(group.id(), rule, other)));
        }
        for (Resource rule : all(beside)) {
            rules.add(rule(target(rule.at("/GroupId")), rule.at(""), other));
        }
        return rules;
    }

    private static Ingress rule(String group, JsonNode rule, String other) {
        String address = rule.path("CidrIp").asText(rule.path("CidrIpv6").asText(""));
        return new Ingress(
                group,
                address.isEmpty() ? target(rule.path(other)) : address,
                rule.path("IpProtocol").asText(),
                rule.path("FromPort").asInt(-1),
                rule.path("ToPort").asInt(-1));
    }
}
