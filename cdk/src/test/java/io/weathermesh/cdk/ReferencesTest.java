package io.weathermesh.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"DependsOn\": \"Nat\"",
                "\"DependsOn\": [\"Other\", \"Nat\"]",
                "\"Properties\": {\"A\": {\"Ref\": \"Nat\"}}",
                "\"Properties\": {\"A\": [{\"B\": {\"Fn::GetAtt\": [\"Nat\", \"Id\"]}}]}",
                "\"Properties\": {\"A\": {\"Fn::GetAtt\": \"Nat.Id\"}}",
                "\"Properties\": {\"A\": {\"Fn::Sub\": \"a-${Nat}-${AWS::Region}\"}}",
                "\"Properties\": {\"A\": {\"Fn::Sub\": [\"${Nat.Id}${X}\", {\"X\": \"x\"}]}}",
                "\"Properties\": {\"A\": {\"Fn::Sub\": [\"${X}\", {\"X\": {\"Ref\": \"Nat\"}}]}}",
                "\"Properties\": {\"A\": {\"Fn::Join\": [\"\", [\"a\", {\"Ref\": \"Nat\"}]]}}",
                "\"DependsOn\": \"Between\""
            })
    void aServiceWaitsForWhatItNames(String how) throws JsonProcessingException {
        assertThat(References.closure(template(how), "Service")).contains("Nat", "Address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Properties\": {\"A\": \"Nat\"}",
                "\"Properties\": {\"A\": {\"Fn::Sub\": [\"${Nat}\", {\"Nat\": \"x\"}]}}",
                "\"Properties\": {\"A\": {\"Fn::Sub\": \"${!Nat}\"}}",
                "\"DependsOn\": []"
            })
    void aServiceDoesNotWaitForAnythingElse(String how) throws JsonProcessingException {
        assertThat(References.closure(template(how), "Service")).isEmpty();
    }

    private static Template template(String how) throws JsonProcessingException {
        return new Template((ObjectNode) Template.JSON.readTree("""
                {"Resources": {
                  "Service": {%s},
                  "Between": {"DependsOn": ["Nat"]},
                  "Nat": {"Properties": {"AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}}},
                  "Address": {"DependsOn": ["Service"]},
                  "Other": {}}}""".formatted(how)));
    }
}
