package io.weathermesh.aggregator.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.type.LatLng;
import java.util.Set;

/**
 * The JSON form of the contract: proto3 JSON, with the one exception that coordinates are always written out. LatLng's
 * numbers have no presence, and a place on the equator would lose its latitude.
 */
final class Json {
    static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .includingDefaultValueFields(Set.copyOf(LatLng.getDescriptor().getFields()))
            .usingTypeRegistry(TypeRegistry.newBuilder()
                    .add(BadRequest.getDescriptor())
                    .add(ErrorInfo.getDescriptor())
                    .add(RetryInfo.getDescriptor())
                    .build());

    static final JsonFormat.Printer LINES = PRINTER.omittingInsignificantWhitespace();

    private Json() {}

    static String print(Message message) {
        return JsonText.of(message, rest -> print(PRINTER, rest)) + "\n";
    }

    /** The same on one line. */
    static String line(Message message) {
        return JsonText.line(message, rest -> print(LINES, rest));
    }

    private static String print(JsonFormat.Printer printer, Message message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an answer of ours has no JSON form", e);
        }
    }

    static JsonElement tree(Message message) {
        return JsonParser.parseString(print(message));
    }
}
