package io.weathermesh.aggregator.rest;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What HTTP/1.1 (RFC 9112) tells a server to refuse and ours lets pass: a host that is missing, comes twice or is none, and
 * transfer codings that nobody here can decode, after which it would take a body for the next request. An address in
 * absolute form is taken, as a proxy would send it. An upgrade is never made: what a proxy in front has looked at stays
 * what is asked.
 *
 * <p>A header line that is folded is read as one line, which the RFC leaves to the server. Its place is behind the decoder
 * of HTTP/1.
 */
final class StrictHttp1 extends ChannelInboundHandlerAdapter {
    private static final Pattern HOST = Pattern.compile("([\\w.~%!$&'()*+,;=-]*|\\[[0-9A-Fa-f:.]+])(:\\d{0,5})?");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)([/?].*)?");

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            String wrong = check(request);
            if (!wrong.isEmpty()) {
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(wrong)));
            }
        }
        context.fireChannelRead(part);
    }

    /** Says what is wrong, or nothing. */
    private static String check(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        boolean old = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        if (hosts.size() != 1 && !(old && hosts.isEmpty())) {
            return "there must be one host";
        }
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            return "the host is none";
        }
        for (String coding : headers.getAll(HttpHeaderNames.TRANSFER_ENCODING)) {
            if (old || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
                return "the transfer coding is not known";
            }
        }
        headers.remove(HttpHeaderNames.UPGRADE);
        return request.uri().startsWith("/") ? "" : originForm(request);
    }

    /** What else there is, such as {@code *}, is left to the server. */
    private static String originForm(HttpRequest request) {
        Matcher absolute = ABSOLUTE.matcher(request.uri());
        if (absolute.matches()) {
            if (!HOST.matcher(absolute.group(1)).matches()) {
                return "the host is none";
            }
            String rest = absolute.group(2) == null ? "/" : absolute.group(2);
            request.headers().set(HttpHeaderNames.HOST, absolute.group(1));
            request.setUri(rest.startsWith("/") ? rest : "/" + rest);
        }
        return "";
    }
}
