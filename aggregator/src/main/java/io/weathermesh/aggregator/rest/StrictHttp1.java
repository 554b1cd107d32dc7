package io.weathermesh.aggregator.rest;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses what a server must refuse by RFC 9112 and Armeria accepts: a major version other than 1, a Host that is missing,
 * repeated or invalid, and an unknown transfer coding, after which the server would take the body for the next request. A target in absolute form is
 * accepted, as a proxy sends it. An upgrade is never made: the request stays the one that a proxy in front has inspected.
 *
 * <p>A folded header line is read as one line, which the RFC permits. Its place is behind the decoder of HTTP/1.
 */
final class StrictHttp1 extends ChannelInboundHandlerAdapter {
    private static final Pattern HOST = Pattern.compile("([\\w.~%!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(:\\d{0,5})?");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)([/?].*)?");

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            String fault = check(request);
            if (!fault.isEmpty()) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(fault)));
            } else {
                request.setUri(percentEncoded(request.uri()));
            }
        }
        context.fireChannelRead(part);
    }

    /**
     * Percent-encodes the bytes outside of ASCII, which many clients send as they are in a query; the decoder has made a
     * character of each byte. They are UTF-8 (WHATWG URL; RFC 3987, section 3.1), or {@link RequestTarget} refuses them.
     */
    private static String percentEncoded(String uri) {
        if (uri.chars().allMatch(c -> c < 0x80)) {
            return uri;
        }
        StringBuilder encoded = new StringBuilder();
        uri.chars().forEach(c -> {
            if (c < 0x80) {
                encoded.append((char) c);
            } else {
                encoded.append('%').append(HEX.toHexDigits((byte) c));
            }
        });
        return encoded.toString();
    }

    /** The fault of a request, or nothing. */
    private static String check(HttpRequest request) {
        if (request.protocolVersion().majorVersion() != 1) {
            return "the major version is not 1";
        }
        HttpHeaders headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        boolean isHttp10 = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        if (hosts.size() != 1 && !(isHttp10 && hosts.isEmpty())) {
            return "there is no Host, or more than one";
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            return "the host is invalid";
        }
        for (String coding : headers.getAll(HttpHeaderNames.TRANSFER_ENCODING)) {
            if (isHttp10 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
                return "the transfer coding is unknown";
            }
        }
        headers.remove(HttpHeaderNames.UPGRADE);
        return request.uri().startsWith("/") ? "" : originForm(request);
    }

    /** Changes an absolute form to the origin form; any other form, such as {@code *}, is left to the server. */
    private static String originForm(HttpRequest request) {
        Matcher absolute = ABSOLUTE.matcher(request.uri());
        if (absolute.matches()) {
            if (!HOST.matcher(absolute.group(1)).matches()) {
                return "the host is invalid";
            }
            String rest = absolute.group(2) == null ? "/" : absolute.group(2);
            request.headers().set(HttpHeaderNames.HOST, absolute.group(1));
            request.setUri(rest.startsWith("/") ? rest : "/" + rest);
        }
        return "";
    }
}
