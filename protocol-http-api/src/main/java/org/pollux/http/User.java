package org.pollux.http;

/**
 * Who has sent a request, as a filter knows it: an attribute of the request ({@link Request#attribute(Class)}) that the
 * filters for Basic and Bearer authentication set.
 *
 * @param name of a person or a program
 */
public record User(String name) {}
