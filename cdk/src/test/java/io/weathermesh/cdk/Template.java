package io.weathermesh.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A synthesized template. */
record Template(ObjectNode json) {
    static final ObjectMapper JSON = new ObjectMapper();

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

    /** The statements of all policies that are attached to a role. */
    List<JsonNode> statementsOf(String role) {
        List<JsonNode> statements = new ArrayList<>();
        all("AWS::IAM::Policy").stream()
                .filter(policy -> policy.at("/Roles").toString().contains("\"" + role + "\""))
                .forEach(policy -> policy.at("/PolicyDocument/Statement").forEach(statements::add));
        return statements;
    }

    /** The elements of a list. */
    static Stream<JsonNode> all(JsonNode list) {
        List<JsonNode> elements = new ArrayList<>();
        list.forEach(elements::add);
        return elements.stream();
    }

    /** One text, or a list of them. */
    static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    Resource byId(String id) {
        return new Resource(id, json.path("Resources").path(id));
    }

    /** The same template, in which no resource depends on these, or none has a {@code DependsOn} if there are no ids. */
    Template withoutDependsOn(String... ids) {
        ObjectNode copy = json.deepCopy();
        for (JsonNode resource : copy.path("Resources")) {
            if (resource instanceof ObjectNode object && ids.length == 0) {
                object.remove("DependsOn");
            } else if (resource.path("DependsOn") instanceof ArrayNode list) {
                Set<String> left = new TreeSet<>();
                list.forEach(id -> left.add(id.asText()));
                List.of(ids).forEach(left::remove);
                list.removeAll();
                left.forEach(list::add);
            }
        }
        return new Template(copy);
    }

    /** The id that a {@code Ref} or the first part of a {@code GetAtt} names. */
    static String target(JsonNode reference) {
        JsonNode attribute = reference.path("Fn::GetAtt").path(0);
        return attribute.isMissingNode() ? reference.path("Ref").asText() : attribute.asText();
    }

    /**
     * A rule of a security group.
     *
     * @param id the resource that it is written in: the group itself, or one beside it
     * @param who the id of the other group, or a range of addresses
     */
    record Rule(String id, String group, String who, String protocol, int from, int to) {
        boolean is(String caller, int port) {
            return who.equals(caller) && from == port && isOnePort();
        }

        boolean isOnePort() {
            return protocol.equals("tcp") && from == to;
        }
    }

    /** All rules that let somebody in, those inside groups and those beside them. */
    List<Rule> ingress() {
        return rules("AWS::EC2::SecurityGroupIngress", "/SecurityGroupIngress", "SourceSecurityGroupId");
    }

    List<Rule> egress() {
        return rules("AWS::EC2::SecurityGroupEgress", "/SecurityGroupEgress", "DestinationSecurityGroupId");
    }

    private List<Rule> rules(String beside, String inside, String other) {
        List<Rule> rules = new ArrayList<>();
        for (Resource group : all("AWS::EC2::SecurityGroup")) {
            group.at(inside).forEach(rule -> rules.add(rule(group.id(), group.id(), rule, other)));
        }
        for (Resource rule : all(beside)) {
            rules.add(rule(rule.id(), target(rule.at("/GroupId")), rule.at(""), other));
        }
        return rules;
    }

    private static Rule rule(String id, String group, JsonNode rule, String other) {
        String address = rule.path("CidrIp").asText(rule.path("CidrIpv6").asText(""));
        return new Rule(
                id,
                group,
                address.isEmpty() ? target(rule.path(other)) : address,
                rule.path("IpProtocol").asText(),
                rule.path("FromPort").asInt(-1),
                rule.path("ToPort").asInt(-1));
    }
}
