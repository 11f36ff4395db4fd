package org.pollux.http.client.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of PID {@code pollux.http.client}. A change replaces the service and ends all exchanges. */
@ObjectClassDefinition(name = "Pollux HTTP client", description = "The HTTP client that handlers get as a service")
@interface HttpClientConfiguration {

    @AttributeDefinition(
            name = "Connections per host",
            description = "How many connections one host and port may have, including idle ones that are kept",
            min = "1")
    int connectionsPerHost() default 32;

    @AttributeDefinition(name = "Connections", description = "How many connections there may be in total", min = "1")
    int connections() default 256;

    @AttributeDefinition(
            name = "Queue",
            description = "How many requests may wait for a connection. A further one is refused",
            min = "0")
    int queue() default 10000;

    @AttributeDefinition(
            name = "Connect timeout",
            description = "Seconds until a connection must be established. 0 is the limit of the system",
            min = "0")
    int connectTimeout() default 10;

    @AttributeDefinition(
            name = "Idle timeout",
            description = "Seconds for which a server may send nothing. 0 means no limit",
            min = "0")
    int idleTimeout() default 30;

    @AttributeDefinition(
            name = "Total timeout",
            description = "Seconds for a whole exchange, unless its request says otherwise. 0 means no limit",
            min = "0")
    int totalTimeout() default 0;

    @AttributeDefinition(
            name = "Keep alive",
            description = "Seconds for which an idle connection is kept for the next request. 0 keeps none",
            min = "0")
    int keepAlive() default 30;

    @AttributeDefinition(
            name = "Head limit",
            description = "Bytes of the head of a response, 256 to 32768",
            min = "256",
            max = "32768")
    int headLimit() default 32768;

    @AttributeDefinition(
            name = "User-Agent",
            description = "The User-Agent field of every request. If it is empty, the field is not sent")
    String userAgent() default "Pollux";

    @AttributeDefinition(
            name = "Versions",
            description = "The versions of HTTP. By https, 'negotiated' is HTTP/2 where a server speaks it,"
                    + " 'http2' fails elsewhere; 'http2-prior-knowledge' speaks HTTP/2 also by http",
            options = {
                @Option(label = "HTTP/2 where a server offers it", value = "negotiated"),
                @Option(label = "HTTP/1.1 alone", value = "http1.1"),
                @Option(label = "by https HTTP/2 alone", value = "http2"),
                @Option(label = "HTTP/2 alone", value = "http2-prior-knowledge")
            })
    String versions() default "negotiated";

    @AttributeDefinition(
            name = "HTTP/2 connections",
            description = "How many connections that speak HTTP/2 one host and port may have. A further one is opened"
                    + " when all streams of the others are in use",
            min = "1")
    int http2Connections() default 1;

    @AttributeDefinition(
            name = "HTTP/2 streams",
            description = "How many requests one connection carries at a time by HTTP/2, if the server allows so many",
            min = "1")
    int http2Streams() default 100;

    @AttributeDefinition(
            name = "Authorities",
            description =
                    "A file in PEM with the certificates that are trusted by https instead of those of the system."
                            + " If it does not begin with a slash, it is in the home of the server")
    String cacert() default "";

    @AttributeDefinition(
            name = "Plain redirects",
            description =
                    "Whether redirects from https to http are followed. Anyone on the way can read and change what"
                            + " follows")
    boolean plainRedirects() default false;

    @AttributeDefinition(
            name = "Proxy",
            type = AttributeType.PASSWORD, // it may have one
            description = "The proxy for all hosts, as http://PROXY:PORT or http://USER:PASSWORD@PROXY:PORT. If it is"
                    + " empty, there is none")
    String proxy() default "";

    @AttributeDefinition(
            name = "No proxy",
            description = "Hosts that are reached without the proxy: example.org with all hosts below it, 10.0.0.0/8,"
                    + " example.org:8080; commas separate several")
    String[] noProxy() default {};
}
