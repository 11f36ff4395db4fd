package org.pollux.http;

/**
 * A header field line (RFC 9110, section 5).
 *
 * @param name as it was sent; names differ by more than case
 * @param value without the whitespace around it; one char for each byte, as in ISO-8859-1
 */
public record Header(String name, String value) {}
